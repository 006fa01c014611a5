import { ConfigurationError } from '@gitops-actions/core/action';
import type { ImageReference } from '@gitops-actions/core/image';
import { releaseOf } from '@gitops-actions/core/manifest';
import type { Undo } from './choose-good.ts';
import { isSame, type Past, type Spot } from './past.ts';

/** What the branch of a pull request has of an image already. */
export interface Pending {
  /** Releases that it takes back. */
  readonly taken: readonly (readonly [Spot, string])[];
  /** What a rollback put there, and a later one may replace. */
  readonly replaceable: readonly ImageReference[];
}

/**
 * What a pull request proposes for an image besides what is on its base.
 *
 * @param past of the pull request's branch
 * @param isOnBase whether a commit is on the branch that is released
 * @throws ConfigurationError when it proposes another release, which a rollback would throw away
 */
export async function pendingOf(
  past: Past,
  undo: Undo,
  isOnBase: (commit: string) => Promise<boolean>,
  names: { readonly branch: string; readonly base: string },
): Promise<Pending> {
  const taken: (readonly [Spot, string])[] = [];
  let replaceable: readonly ImageReference[] | undefined;
  for (let index = 0; ; index++) {
    const moment = await past.moment(index);
    if (moment === undefined || (await isOnBase(moment.id))) break;
    const [after, before] = await Promise.all([past.standing(index, undo), past.standing(index + 1, undo)]);
    const lost = before.filter((one) => !after.some(isSame(one)));
    const gained = after.filter((one) => !before.some(isSame(one)));
    for (const one of lost)
      if (moment.rolledBack.includes(releaseOf(one))) taken.push([undo, releaseOf(one)]);
    if (gained.length > 0) replaceable ??= moment.rolledBack.length > 0 ? gained : [];
  }
  const standing = await past.standing(0, undo);
  const fits = [...undo.bad, undo.to, ...(replaceable ?? [])].map(releaseOf);
  const other = standing.find((one) => replaceable !== undefined && !fits.includes(releaseOf(one)));
  if (other === undefined) return { taken, replaceable: replaceable ?? [] };
  throw new ConfigurationError(
    `The branch ${names.branch} proposes ${releaseOf(other)} for ${undo.target.reference.written} in ${undo.file}, while ${undo.bad.map(releaseOf).join(', ')} stands on ${names.base}; merge or close that pull request, or name another "pull-request-branch" for the rollback. Nothing was written.`,
  );
}
