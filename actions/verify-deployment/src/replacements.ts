import type { ActionContext } from '@gitops-actions/core/action';
import { judgeBy } from '@gitops-actions/core/delivery';
import { type GitOpsRepository, workflowOf } from '@gitops-actions/core/gitops';
import type { Inputs } from './inputs.ts';
import { rememberedReplacements } from './remembered-replacements.ts';
import { findReplaced } from './replaced-images.ts';
import type { Replacements } from './replacement.ts';

/**
 * What took the place of the expected images, found out in the GitOps repository. Releases are ordered as update-manifest
 * orders them; where that cannot be found out nothing is, until it is asked again.
 *
 * @param now clock; milliseconds
 */
export function replacementsIn(
  repository: GitOpsRepository,
  { commit, images, token }: Pick<Inputs, 'commit' | 'images' | 'token'>,
  context: ActionContext,
  now = () => performance.now(),
): Replacements {
  const workflow = workflowOf(context.run);
  const ask: Replacements = (carried, signal) => {
    // One of its own each time: it remembers what it was told, and that it was told nothing.
    const judge = judgeBy({ order: 'auto', allowDowngrade: false, token }, repository, {
      ...context,
      signal,
    });
    return findReplaced({ repository, commit, images, guard: judge.blockedGuard, workflow }, carried, signal);
  };
  return rememberedReplacements(ask, context.log, now);
}
