import { code, type Run, table } from '@gitops-actions/core/action';
import type { FormatInput } from './format-input.ts';
import type { Leg } from './matrix.ts';
import type { Source } from './source.ts';

/** What the summary tells. */
export interface Told {
  readonly id: string;
  readonly format: FormatInput;
  readonly source: Source;
  readonly legs: readonly Leg[];
}

/** The job summary: the id, what it was made from, and the images it names. */
export function summaryOf({ id, format, source, legs }: Told, run: Run): string {
  const rows = [
    [`input ${code(format.input)}`, code(format.written)],
    ['event', code(run.eventName)],
    ['run', `${source.runNumber} (attempt ${source.runAttempt})`],
    ['commit', code(source.sha)],
    ...(source.pullRequest === undefined ? [] : [['pull request', String(source.pullRequest)]]),
    ...(source.branch === undefined ? [] : [['branch', code(source.branch)]]),
    ...(source.tag === undefined ? [] : [['tag', code(source.tag)]]),
  ];
  const images = legs.map((leg) => [code(leg.name ?? ''), code(leg.image)]);
  return [
    `### ${source.isPreview ? 'Preview' : 'Release'} ${code(id)}`,
    table(['made from', ''], rows),
    legs.length === 0 ? 'No images.' : table(['service', 'image'], images),
  ]
    .join('\n\n')
    .concat('\n');
}
