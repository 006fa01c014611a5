import { code, table } from '@gitops-actions/core/action';
import type { PreviewRecord } from '@gitops-actions/core/preview';

/** One preview and what became of it. */
export interface Entry {
  readonly name: string;
  readonly reason: string;
  /** Missing when the preview's record cannot be read. */
  readonly pullRequest?: number;
  readonly service?: string;
  readonly host?: string;
}

/** What a run did. */
export interface Report {
  readonly removed: readonly Entry[];
  readonly kept: readonly Entry[];
  /** They stay, but not for long. */
  readonly warned: readonly Entry[];
  readonly failed: readonly Entry[];
  /** Why the run as a whole removed nothing: a sentence that says what to do. */
  readonly refusal?: string;
}

/** How many failures the one sentence at the end spells out. */
const SPELLED_OUT = 3;

/** An entry for a preview whose record was read. */
export function entryOf({ name, pullRequest, service, host }: PreviewRecord, reason: string): Entry {
  return { name, pullRequest, service, host, reason };
}

/** The report for people. */
export function markdownOf(report: Report, scope: string): string {
  const rows = [
    ...rowsOf('🧹 removed', report.removed),
    ...rowsOf('❌ failed', report.failed),
    ...rowsOf('⚠️ goes soon', report.warned),
    ...rowsOf('⏳ kept', report.kept),
  ];
  const list = table(['', 'preview', 'pull request', 'why'], rows) || `There is no preview of ${scope}.`;
  return report.refusal === undefined ? list : `${report.refusal}\n\n${list}`;
}

/** The sentence that a red run ends with; undefined when the run is green. */
export function failureOf({ failed, refusal }: Report): string | undefined {
  if (refusal !== undefined) return refusal;
  if (failed.length === 0) return undefined;
  const spelled = failed
    .slice(0, SPELLED_OUT)
    .map(({ name, reason }) => `${name} (${reason.replace(/\.$/, '')})`);
  const more = failed.length > SPELLED_OUT ? ` and ${failed.length - SPELLED_OUT} more` : '';
  return `Could not clean up ${spelled.join(', ')}${more}; what could not be judged was kept, so mend that and re-run the job.`;
}

function rowsOf(what: string, entries: readonly Entry[]): readonly (readonly string[])[] {
  return entries.map(({ name, pullRequest, reason }) => [
    what,
    code(name),
    pullRequest === undefined ? '' : String(pullRequest),
    code(reason),
  ]);
}
