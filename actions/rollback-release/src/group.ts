import { ConfigurationError } from '@gitops-actions/core/action';
import type { Moment, Past } from './past.ts';
import { type BadSpot, holds } from './spots.ts';

/** Images that came to the release together, and go back together. */
export interface Group {
  readonly spots: readonly BadSpot[];
  /** The commit that brought them; undefined when the history does not go back that far. */
  readonly moment: Moment | undefined;
}

/**
 * Puts together what one commit brought to the branch; and in one file what one run did, which may write image by image.
 */
export async function groupsOf(past: Past, spots: readonly BadSpot[]): Promise<readonly Group[]> {
  const groups: { spots: BadSpot[]; moments: (Moment | undefined)[] }[] = [];
  for (const spot of spots) {
    const moment = await bringerOf(past, spot);
    const isOf = (group: (typeof groups)[number]) =>
      group.moments.some((one) => one?.id === moment?.id) ||
      (group.spots.some(({ file }) => file === spot.file) &&
        group.moments.some((one) => isOfOneRun(one, moment)));
    const joined = groups.filter(isOf);
    const rest = groups.filter((group) => !joined.includes(group));
    const all = {
      spots: [...joined.flatMap((one) => one.spots), spot],
      moments: [...joined.flatMap((one) => one.moments), moment],
    };
    groups.splice(0, groups.length, ...rest, all);
  }
  return groups.map((group) => ({ spots: group.spots, moment: group.moments[0] }));
}

/** The commit that brought an image to its release: not a rollback that only brought it back, if there is another. */
async function bringerOf(past: Past, spot: BadSpot): Promise<Moment | undefined> {
  let back: Moment | undefined;
  for (let index = 0; ; index++) {
    const moment = await past.moment(index);
    if (moment === undefined) return back;
    if (!(await holds(past, index, spot)) || (await holds(past, index + 1, spot))) continue;
    const isReleased = spot.releases.some((id) => moment.released.includes(id));
    if (moment.rolledBack.length === 0 || isReleased) return moment;
    back ??= moment;
  }
}

/**
 * One id may be that of releases of several applications, and only one of them is bad.
 *
 * @throws ConfigurationError when different commits and runs brought different images to it
 */
export function refuseMixed(groups: readonly Group[], release: string): void {
  const [first, ...others] = groups;
  const other = others.find((group) => first !== undefined && !isOneRelease(first, group));
  if (first === undefined || other === undefined) return;
  throw new ConfigurationError(
    `Release ${release} stands in ${placesOf(first)} and in ${placesOf(other)}, which different commits brought there; say which is meant in "images", or narrow "path". Nothing was written.`,
  );
}

/** Environments have the same images, or one has some of them. */
function isOneRelease(one: Group, other: Group): boolean {
  const [a, b] = [namesOf(one), namesOf(other)];
  const isWithin =
    a.size <= b.size ? [...a].every((name) => b.has(name)) : [...b].every((name) => a.has(name));
  return isWithin || isOfOneRun(one.moment, other.moment);
}

function isOfOneRun(one: Moment | undefined, other: Moment | undefined): boolean {
  return one?.runs.some((run) => other?.runs.includes(run)) ?? false;
}

function namesOf({ spots }: Group): ReadonlySet<string> {
  return new Set(spots.map(({ target }) => target.reference.name));
}

function placesOf({ spots }: Group): string {
  const all = spots.map(({ file, target }) => `${file} (${target.reference.written})`);
  const shown = all.slice(0, 3).join(', ');
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
