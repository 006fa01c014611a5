import { code, table } from '@gitops-actions/core/action';
import type { Kept } from './verdict.ts';

/** The part of the job summary that says what was left out; Markdown. */
export function keptSummary({ verdicts, basis }: Kept): string {
  const rows = verdicts.map(({ name, isKept, why, file }) => [
    code(name),
    isKept ? 'yes' : 'no',
    file === undefined ? why : `${why} ${code(file)}`,
  ]);
  return [code(basis.text), table(['service', 'kept', 'because'], rows)].filter(Boolean).join('\n\n');
}
