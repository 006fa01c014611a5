import { code, fence, table } from '../action/index.ts';
import type { Outcome } from './outcome.ts';

/** A summary holds a mebibyte; a diff beyond this is cut. Characters. */
const LONGEST_DIFF = 60_000;

/** The job summary: where it went, what changed, what was left alone, and the diff. */
export function summarize(action: string, outcome: Outcome, name: string): string {
  const { result, edited } = outcome;
  const rows = edited.changes
    .filter((change) => change.result !== 'unchanged')
    .map((change) => [
      code(`${change.file}:${change.line}`),
      code(change.from),
      code(change.to),
      change.result,
    ]);
  const parts = [
    `### ${action}: ${result}`,
    titleOf(outcome, name),
    table(['place', 'from', 'to', 'result'], rows),
    details(edited.diff),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A commit by its short id, with its page where there is one; Markdown. */
export function commitLink({ commit, url }: Pick<Outcome, 'commit' | 'url'>): string {
  const short = commit.slice(0, 7);
  return url === '' ? code(short) : `[${short}](${url})`;
}

function titleOf(outcome: Outcome, name: string): string {
  const { result, commit, pullRequest } = outcome;
  const link = commitLink(outcome);
  if (pullRequest !== undefined)
    return `[Pull request ${pullRequest.number}](${pullRequest.url}) on ${code(name)}`;
  return result === 'committed'
    ? `Commit ${link} on ${code(name)}`
    : `${code(name)}${commit ? ` at ${link}` : ''}`;
}

function details(diff: string): string {
  if (diff === '') return '';
  const shown =
    diff.length > LONGEST_DIFF
      ? `${diff.slice(0, LONGEST_DIFF)}\n… cut here; the output "diff" has all of it.`
      : diff;
  return `<details><summary>Diff</summary>\n\n${fence(shown, 'diff')}\n\n</details>`;
}
