import { code, type Run, table } from '@gitops-actions/core/action';
import { keptSummary } from './changed/summary.ts';
import type { Kept } from './changed/verdict.ts';
import type { FormatInput } from './format-input.ts';
import type { Leg } from './matrix.ts';
import type { Source } from './source.ts';
import type { Version } from './version/read-version.ts';

/** What the summary tells. */
export interface Told {
  readonly id: string;
  readonly format: FormatInput;
  readonly source: Source;
  readonly legs: readonly Leg[];
  readonly version: Version | undefined;
  /** Markdown; empty for none. */
  readonly notes: string;
  readonly kept: Kept | undefined;
}

/** The job summary: the id, what it was made from, the images it names, what was left out, and the release notes. */
export function summaryOf(told: Told, run: Run): string {
  const { id, source, legs, notes, kept } = told;
  const images = legs.map((leg) => [code(leg.name ?? ''), code(leg.image)]);
  return [
    `### ${source.isPreview ? 'Preview' : 'Release'} ${code(id)}`,
    table(['made from', ''], madeFrom(told, run)),
    legs.length === 0 ? 'No images.' : table(['service', 'image'], images),
    ...(kept === undefined ? [] : [keptSummary(kept)]),
    ...(notes === '' ? [] : [`<details><summary>Release notes</summary>\n\n${notes}\n</details>`]),
  ]
    .join('\n\n')
    .concat('\n');
}

function madeFrom({ format, source, version }: Told, run: Run): string[][] {
  return [
    [`input ${code(format.input)}`, code(format.written)],
    ['event', code(run.eventName)],
    ['run', `${run.runNumber} (attempt ${run.runAttempt})`],
    ['commit', code(source.sha)],
    ...(source.pullRequest === undefined ? [] : [['pull request', String(source.pullRequest)]]),
    ...(source.branch === undefined ? [] : [['branch', code(source.branch)]]),
    ...(source.tag === undefined ? [] : [['tag', code(source.tag)]]),
    ...(version === undefined ? [] : [['version', `${code(version.version)} ${because(version)}`]]),
  ];
}

function because({ reason, previous, commits }: Version): string {
  if (reason === 'tagged') return '(the commit is tagged)';
  const since = previous === undefined ? '' : ` since ${code(previous.tag)}`;
  if (reason === 'unchanged') return `(no commit that counts${since})`;
  return `(${reason}, ${commits.length} ${commits.length === 1 ? 'commit' : 'commits'}${since})`;
}
