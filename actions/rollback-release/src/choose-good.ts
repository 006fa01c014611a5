import { ConfigurationError } from '@gitops-actions/core/action';
import type { ImageReference } from '@gitops-actions/core/image';
import { releaseOf, versionText } from '@gitops-actions/core/manifest';
import { type Past, spotKey } from './past.ts';
import { type BadSpot, filesOf, idsOf } from './spots.ts';

/** An image of a file, and what it goes back to. */
export interface Undo extends BadSpot {
  readonly to: ImageReference;
}

/** What keeps a version from being gone back to, besides what the history says. */
export interface Rules {
  /** Whether a release must not come back to a place. */
  readonly isBlocked: (spot: BadSpot, id: string) => boolean;
  /** Whether a release is known to be newer than the one that stands there. */
  readonly isNewer: (spot: BadSpot, id: string) => Promise<boolean>;
}

/**
 * What images that belong together were before a bad release: all of them as of one commit, the newest earlier one at
 * which each stood at another release that was not taken back, is not blocked and is not known to be newer. A release
 * was taken back where the commit that replaced it last says so; whoever brings it back later, in whatever way, undoes that.
 *
 * @throws ConfigurationError when there is none, or an image had two versions in one file
 */
export async function previousOf(
  past: Past,
  spots: readonly BadSpot[],
  rules: Rules,
): Promise<readonly Undo[]> {
  const search = new Search(spots, rules);
  for (let index = 1; (await past.moment(index)) !== undefined; index++) {
    const states = await Promise.all(spots.map((spot) => past.standing(index, spot)));
    const rolledBack = (await past.moment(index - 1))?.rolledBack ?? [];
    if (await search.isFound(states, rolledBack))
      return spots.map((spot, at) => undoOf(spot, states[at] ?? []));
  }
  throw noneBefore(past, spots, search);
}

/** Walks back, and remembers what is known of each release at each place. */
class Search {
  readonly #spots: readonly BadSpot[];
  readonly #rules: Rules;
  /** By place and release: whether it is out, as the newest time that it stood there says. */
  readonly #known = new Map<string, boolean>();
  readonly #had = new Set<BadSpot>();
  readonly #ids = new Set<string>();
  #before: readonly (readonly ImageReference[])[];

  constructor(spots: readonly BadSpot[], rules: Rules) {
    this.#spots = spots;
    this.#rules = rules;
    this.#before = spots.map(({ bad }) => bad);
  }

  /** @param rolledBack what the commit after it took back */
  async isFound(
    states: readonly (readonly ImageReference[])[],
    rolledBack: readonly string[],
  ): Promise<boolean> {
    for (const [at, spot] of this.#spots.entries())
      for (const id of idsAt(states[at])) {
        if (idsAt(this.#before[at]).has(id)) continue;
        const key = `${spotKey(spot)}\n${id}`;
        if (!this.#known.has(key)) this.#known.set(key, rolledBack.includes(id));
      }
    this.#before = states;
    const results = await Promise.all(this.#spots.map((spot, at) => this.#isGood(spot, states[at] ?? [])));
    return results.every((isGood) => isGood);
  }

  async #isGood(spot: BadSpot, state: readonly ImageReference[]): Promise<boolean> {
    const digests = new Set(spot.bad.flatMap(({ digest }) => digest ?? []));
    const ids = new Set(spot.releases);
    const others = state.filter((one) => !ids.has(releaseOf(one)));
    if (others.length > 0) this.#had.add(spot);
    for (const one of others) this.#ids.add(releaseOf(one));
    if (others.length === 0 || others.length < state.length) return false;
    for (const one of others) {
      const id = releaseOf(one);
      if (id === '' || (one.digest !== undefined && digests.has(one.digest))) return false;
      if (this.#known.get(`${spotKey(spot)}\n${id}`) === true || this.#rules.isBlocked(spot, id))
        return false;
      if (await this.#rules.isNewer(spot, id)) return false;
    }
    return true;
  }

  /** The other releases that stood there, newest first. */
  had(): readonly string[] {
    return [...this.#ids].filter((id) => id !== '');
  }

  /** Images that never stood there before. */
  missing(): readonly BadSpot[] {
    return this.#spots.filter((spot) => !this.#had.has(spot));
  }
}

function idsAt(references: readonly ImageReference[] = []): ReadonlySet<string> {
  return new Set(references.map(releaseOf));
}

function undoOf(spot: BadSpot, references: readonly ImageReference[]): Undo {
  const [to, other] = references;
  if (to !== undefined && other === undefined) return { ...spot, to };
  throw new ConfigurationError(
    `${spot.file} had ${spot.target.reference.written} in two versions before (${references.map(versionText).join(' and ')}), so nobody can tell which place goes back to which; set them by hand. Nothing was written.`,
  );
}

function noneBefore(past: Past, spots: readonly BadSpot[], search: Search): ConfigurationError {
  const missing = search.missing();
  const [lacking] = missing;
  const release = [...new Set(spots.flatMap((spot) => spot.releases))].join(', ');
  const how = past.searched();
  if (lacking !== undefined && missing.length < spots.length)
    return new ConfigurationError(
      `Before ${release} there was no other ${lacking.target.reference.written} in ${lacking.file} to go back to (${how}); name the other images in "images", or release a fix. Nothing was written.`,
    );
  const had = search.had();
  const before =
    had.length === 0
      ? 'nothing else stood there; release a fix'
      : `${idsOf(had)} stood there, but not all of it fits: what was rolled back or is blocked, newer or the same digest is passed over; name one in "to", or release a fix`;
  return new ConfigurationError(
    `There is no release before ${release} in ${filesOf(spots)} to go back to (${how}): ${before}. Nothing was written.`,
  );
}
