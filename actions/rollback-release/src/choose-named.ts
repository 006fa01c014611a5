import { ConfigurationError } from '@gitops-actions/core/action';
import { releaseOf } from '@gitops-actions/core/manifest';
import type { Undo } from './choose-good.ts';
import type { Past } from './past.ts';
import { type BadSpot, filesOf, idsOf } from './spots.ts';

/**
 * What images were when they last stood at an id, all of them as of one commit.
 *
 * @throws ConfigurationError when they never did
 */
export async function namedRelease(
  past: Past,
  spots: readonly BadSpot[],
  id: string,
): Promise<readonly Undo[]> {
  if (spots.some(({ releases }) => releases.includes(id)))
    throw new ConfigurationError(
      `Input "to" is ${id}, which is what stands there; name an earlier release. Nothing was written.`,
    );
  const seen = new Set<string>();
  for (let index = 1; (await past.moment(index)) !== undefined; index++) {
    const states = await Promise.all(spots.map((spot) => past.standing(index, spot)));
    const found = spots.flatMap((spot, at): readonly Undo[] => {
      const to = states[at]?.find((one) => releaseOf(one) === id);
      return to === undefined ? [] : [{ ...spot, to }];
    });
    if (found.length === spots.length) return found;
    for (const one of states.flat()) seen.add(releaseOf(one));
  }
  const bad = new Set(spots.flatMap((spot) => spot.releases));
  const ids = idsOf([...seen].filter((one) => one !== '' && !bad.has(one)));
  throw new ConfigurationError(
    `Input "to" is ${id}, at which ${namesOf(spots)} did not stand in ${filesOf(spots)} (${past.searched()}); before there was ${ids}. Nothing was written.`,
  );
}

function namesOf(spots: readonly BadSpot[]): string {
  return [...new Set(spots.map(({ target }) => target.reference.written))].join(', ');
}
