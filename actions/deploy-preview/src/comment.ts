import { code, fence, type Run, table } from '@gitops-actions/core/action';
import { moment } from '@gitops-actions/core/preview';
import type { Outcome } from './outcome.ts';

const HEADLINES: Readonly<Record<Outcome['status'], string>> = {
  ready: '✅ Preview of {} is ready',
  failed: '❌ Preview of {} is not ready',
  skipped: '⏭️ No preview of {}',
  superseded: '⏭️ Preview of {} is left to a newer run',
  removed: '🧹 Preview of {} is removed',
};

/** What a developer reads on the pull request. */
export function commentOf(outcome: Outcome, run: Run): string {
  const { preview, status, reason } = outcome;
  const subject = code(preview.service || preview.name);
  const headline = HEADLINES[status].replace('{}', subject);
  const link = `[${preview.host}](${preview.url})`;
  const parts = [
    status === 'ready' ? `**${headline}:** ${link}` : `**${headline}**`,
    status === 'failed' ? fence(reason, 'text') : reason,
    status === 'ready' || status === 'failed' ? facts(outcome, run) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function facts({ preview, status }: Outcome, run: Run): string {
  const { image, head, host, url, expires } = preview;
  const commit = `[${code(head.slice(0, 7))}](${run.serverUrl}/${run.repository}/commit/${head})`;
  const log = `[${run.runNumber}](${run.url})`;
  const rows = [[code(image), commit, log, `${moment(expires)}, unless deployed again`]];
  const address = status === 'failed' ? `Expected at [${host}](${url}).\n\n` : '';
  return address + table(['image', 'commit', 'run', 'expires'], rows);
}

/** The comment's text and where the files are. */
export function summaryOf(outcome: Outcome, run: Run): string {
  const { where, commit, preview } = outcome;
  const id =
    commit && (commit.url ? `[${code(commit.id.slice(0, 7))}](${commit.url})` : code(commit.id.slice(0, 7)));
  const files = where ? `\n\nFiles: ${code(where)}${id ? `, commit ${id}` : ''}` : '';
  return `### deploy-preview: ${code(preview.name)}\n\n${commentOf(outcome, run)}${files}\n`;
}
