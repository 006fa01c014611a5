import { type ActionResult, code, fence, table } from '@gitops-actions/core/action';
import type { Landing } from '@gitops-actions/core/gitops';
import type { Edited } from './edit-manifests.ts';

/** How a run ended. */
export interface Outcome {
  readonly result: 'committed' | 'unchanged' | 'superseded' | 'held' | 'dry-run';
  /** The commit that was made; for `unchanged` the head that was read; empty otherwise. */
  readonly commit: string;
  /** Page of the commit that was made. */
  readonly url: string;
  readonly edited: Edited;
  /** For the log. */
  readonly sentence: string;
}

/** What a landing means for the caller: places that were left alone are no failure, but they are said. */
export function outcomeOf(
  { kind, commit, url, result: edited, attempts }: Landing<Edited>,
  name: string,
): Outcome {
  const count = (result: string) => edited.changes.filter((change) => change.result === result).length;
  if (kind === 'committed') {
    const tries = attempts === 1 ? '' : ` after ${attempts} attempts`;
    const sentence = `Commit ${commit} on ${name} changes ${values(count('updated'))}${tries}.`;
    return { result: kind, commit, url, edited, sentence };
  }
  for (const result of ['superseded', 'held'] as const) {
    if (count(result) > 0) {
      return {
        result,
        commit: '',
        url: '',
        edited,
        sentence: `${values(count(result))} on ${name}: ${result}; no commit was made.`,
      };
    }
  }
  return {
    result: kind,
    commit,
    url,
    edited,
    sentence: `${name} already holds all of this at ${commit}; no commit was made.`,
  };
}

function values(count: number): string {
  return count === 1 ? '1 value' : `${count} values`;
}

/** Outputs and job summary. */
export function resultOf(outcome: Outcome, name: string): ActionResult {
  const { result, commit, edited } = outcome;
  return {
    outputs: { result, commit, changes: JSON.stringify(edited.changes), diff: edited.diff },
    summary: summarize(outcome, name),
  };
}

/** A summary holds a mebibyte; a diff beyond this is cut. Characters. */
const LONGEST_DIFF = 60_000;

function summarize({ result, commit, url, edited }: Outcome, name: string): string {
  const short = commit.slice(0, 7);
  const link = url ? `[${short}](${url})` : code(short);
  const rows = edited.changes
    .filter((change) => change.result !== 'unchanged')
    .map((change) => [
      code(`${change.file}:${change.line}`),
      code(change.from),
      code(change.to),
      change.result,
    ]);
  const title =
    result === 'committed'
      ? `Commit ${link} on ${code(name)}`
      : `${code(name)}${commit ? ` at ${link}` : ''}`;
  const isCut = edited.diff.length > LONGEST_DIFF;
  const shown = isCut
    ? `${edited.diff.slice(0, LONGEST_DIFF)}\n… cut here; the output "diff" has all of it.`
    : edited.diff;
  const parts = [
    `### update-manifest: ${result}`,
    title,
    table(['place', 'from', 'to', 'result'], rows),
    shown === '' ? '' : `<details><summary>Diff</summary>\n\n${fence(shown, 'diff')}\n\n</details>`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
