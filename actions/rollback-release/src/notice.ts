import { code } from '@gitops-actions/core/action';
import { commitLink, type Outcome } from '@gitops-actions/core/delivery';
import { trailerOf } from '@gitops-actions/core/gitops';
import { releaseOf } from '@gitops-actions/core/manifest';
import type { Bad } from './choose-bad.ts';
import { oneLine } from './message.ts';
import type { RolledBack } from './rolled-back.ts';

const LONGEST_REASON = 300;

/** What was undone, for people: a few lines of Markdown; empty when nothing was, or would be. */
export function noticeOf(outcome: Outcome<RolledBack>, name: string, reason: string): string {
  const { result, edited } = outcome;
  const { decision } = edited;
  const isUndone = edited.changes.some((change) => change.result === 'updated');
  const isThere = result === 'committed' || result === 'proposed' || (result === 'dry-run' && isUndone);
  if (decision?.kind !== 'undo' || !isThere) return '';
  const verb = { committed: 'Rolled back', proposed: 'Proposed to roll back', 'dry-run': 'Would roll back' }[
    result
  ];
  const steps = new Map(
    decision.undo.map(({ target, bad, to }) => {
      const before = [...new Set(bad.map(releaseOf))].map(code).join(', ');
      return [
        target.reference.name,
        `${code(target.reference.written)} from ${before} to ${code(releaseOf(to))}`,
      ];
    }),
  );
  const line = oneLine(reason, LONGEST_REASON);
  const lines = [
    `**${verb}** ${[...steps.values()].join('; ')} in ${code(name)}${whereOf(outcome)}.`,
    line === '' ? '' : `Reason: ${code(line)}`,
    writerOf(decision.bad),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function whereOf(outcome: Outcome): string {
  const { commit, pullRequest } = outcome;
  if (pullRequest !== undefined) return ` ([pull request ${pullRequest.number}](${pullRequest.url}))`;
  return commit === '' ? '' : ` (${commitLink(outcome)})`;
}

/** By whom the release was: what its commit says, which anybody may have written; the own commit's word goes first. */
function writerOf({ moment, releases }: Bad): string {
  if (moment === undefined) return '';
  const written = (name: string) =>
    moment.messages.flatMap((message) => trailerOf(message, name) ?? []).find((value) => value !== '');
  const [workflow, source, run = ''] = ['Source-Workflow', 'Source-Commit', 'Source-Run'].map(written);
  const isAddress = /^https?:\/\/[\w.:/-]+$/.test(run);
  const by = [
    workflow === undefined ? '' : `by ${code(workflow)}`,
    isAddress ? `([run](${run}))` : '',
    source === undefined ? '' : `from commit ${code(source.slice(0, 40))}`,
  ].filter((part) => part !== '');
  const isReleased = releases.some((id) => moment.released.includes(id));
  const how = isReleased ? 'was released in' : 'came there with';
  const what = `${releases.map(code).join(', ')} ${how} ${code(moment.id.slice(0, 7))}`;
  return by.length === 0 ? `${what}.` : `${what} ${by.join(' ')}.`;
}
