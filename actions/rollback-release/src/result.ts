import { type ActionResult, code } from '@gitops-actions/core/action';
import { type Outcome, outputsOf, summarize } from '@gitops-actions/core/delivery';
import type { ImageReference } from '@gitops-actions/core/image';
import { referenceText } from '@gitops-actions/core/manifest';
import type { Undo } from './choose-good.ts';
import type { Decision } from './decide.ts';
import { goodReleases } from './message.ts';
import { noticeOf } from './notice.ts';
import type { RolledBack } from './rolled-back.ts';

/** Outputs and job summary; the sentence is for the log. */
export function resultOf(
  outcome: Outcome<RolledBack>,
  name: string,
  reason: string,
): ActionResult & { readonly sentence: string } {
  const { commit, edited } = outcome;
  const { decision } = edited;
  const isUndo = decision?.kind === 'undo';
  const nothing = decision === undefined || isUndo || outcome.result === 'dry-run' ? undefined : decision;
  const result = nothing?.kind ?? outcome.result;
  const isMade = isUndo && !['unchanged', 'superseded', 'held'].includes(result);
  const [from, to] = isMade ? [decision.bad.releases, goodReleases(decision.undo)] : [[], []];
  const isThere = isUndo && (result === 'committed' || result === 'unchanged');
  const summary = summarize('rollback-release', { ...outcome, result }, name);
  const left = leftIn(decision).map(referenceText);
  const others =
    left.length === 0 ? '' : `\n\nLeft alone, for it is at another release: ${left.map(code).join(', ')}`;
  const why = decision === undefined || isUndo ? '' : `\n\n${decision.sentence}`;
  return {
    outputs: {
      ...outputsOf(outcome),
      result,
      commit: result === 'superseded' ? '' : commit,
      from: from.join('\n'),
      to: to.join('\n'),
      'left-alone': left.join('\n'),
      images: isThere ? referencesOf(decision.undo).join('\n') : '',
      notice: noticeOf(outcome, name, reason),
    },
    summary: `${summary}${why}${isMade ? `\n\nFrom ${from.map(code).join(', ')} to ${to.map(code).join(', ')}` : ''}${others}`,
    sentence: nothing?.sentence ?? outcome.sentence,
  };
}

/** Images that were named and do not stand at the release to undo. */
export function leftIn(decision: Decision | undefined): readonly ImageReference[] {
  return decision?.kind === 'undo' || decision?.kind === 'held' ? decision.left : [];
}

/** What stands there again, as references that people write. */
function referencesOf(undo: readonly Undo[]): readonly string[] {
  return [...new Set(undo.map(({ to }) => referenceText(to)))];
}
