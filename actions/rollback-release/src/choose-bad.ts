import { ConfigurationError } from '@gitops-actions/core/action';
import { type ManifestFile, releaseOf } from '@gitops-actions/core/manifest';
import { isSame, type Moment, type Past } from './past.ts';
import { type BadSpot, digestSpots, isNamed, type Names, spotsAt } from './spots.ts';

/** The release to undo. */
export interface Bad {
  /** The commit that brought it to the branch; undefined when the history does not go back that far. */
  readonly moment: Moment | undefined;
  readonly spots: readonly BadSpot[];
  readonly releases: readonly string[];
}

/** @param spots of one commit, or at least one */
export function badOf(moment: Moment | undefined, spots: readonly BadSpot[]): Bad {
  const releases = new Set(spots.flatMap((spot) => spot.releases));
  return { moment, spots, releases: [...releases] };
}

/**
 * The newest commit that released what still stands in the files. Rollbacks are passed over: they released nothing.
 *
 * @param files as they stand now
 * @param only id of the commit that was found before a conflict; empty: whichever
 * @returns undefined when nothing of it stands
 * @throws ConfigurationError for images that the commit did not change
 */
export async function newestRelease(
  past: Past,
  files: readonly ManifestFile[],
  names: Names,
  only: string,
): Promise<Bad | undefined> {
  const digests = digestSpots(files, names);
  for (let index = 0; ; index++) {
    const moment = await past.moment(index);
    if (moment === undefined) return undefined;
    if (moment.released.length === 0 || (only !== '' && moment.id !== only)) continue;
    const standing = [...spotsAt(files, new Set(moment.released), []), ...digests];
    const changes = await Promise.all(standing.map((spot) => isSetBy(past, index, spot)));
    const set = standing.filter((_, position) => changes[position]);
    const wanted = set.filter(({ target }) => isNamed(names, target.reference.name));
    if (wanted.length === 0) continue;
    refuseOthers(moment, set, names);
    return badOf(moment, wanted);
  }
}

/** Whether a commit brought an image to what still stands there. */
async function isSetBy(past: Past, index: number, spot: BadSpot): Promise<boolean> {
  const [after, before] = await Promise.all([past.standing(index, spot), past.standing(index + 1, spot)]);
  const ids = new Set(spot.bad.map(releaseOf));
  return after.some((one) => ids.has(releaseOf(one)) && !before.some(isSame(one)));
}

/**
 * The images that stand at a release, whichever commits brought them there. A digest that stands alone is of the release
 * when the commit that wrote it says so, or when it took the place of the release's tag: then somebody pinned it.
 */
export async function standingRelease(
  past: Past,
  files: readonly ManifestFile[],
  release: string,
  names: Names,
): Promise<readonly BadSpot[]> {
  const named = spotsAt(files, new Set([release]), names);
  if (named.length > 0) return named;
  const pinned = digestSpots(files, names).map(async (spot) =>
    (await isPinned(past, spot, release)) ? [{ ...spot, releases: [release, ...spot.releases] }] : [],
  );
  return (await Promise.all(pinned)).flat();
}

async function isPinned(past: Past, spot: BadSpot, release: string): Promise<boolean> {
  for (let index = 0; ; index++) {
    const moment = await past.moment(index);
    if (moment === undefined) return false;
    const before = await past.standing(index + 1, spot);
    if (before.some((one) => spot.bad.some(isSame(one)))) continue;
    if (moment.released.length > 0 || moment.rolledBack.length > 0) return moment.released.includes(release);
    return before.some((one) => releaseOf(one) === release);
  }
}

function refuseOthers({ id, released }: Moment, set: readonly BadSpot[], names: Names): void {
  const changed = new Set(set.map(({ target }) => target.reference.name));
  const other = names.find(({ name }) => !changed.has(name));
  if (other === undefined) return;
  const written = set.map(({ target }) => target.reference.written);
  throw new ConfigurationError(
    `Input "images" names ${other.written}, which commit ${id.slice(0, 7)} of release ${released.join(', ')} did not change; it changed ${[...new Set(written)].join(', ')}. Nothing was written.`,
  );
}
