import { code, table } from '@gitops-actions/core/action';
import type { Landing } from '@gitops-actions/core/gitops';
import type { Change } from '@gitops-actions/core/manifest';

/** The job summary: what changed where, and the commit. */
export function summarize(landing: Landing<readonly Change[]>, name: string): string {
  const updated = landing.result.filter(({ result }) => result === 'updated');
  const short = landing.commit.slice(0, 7);
  const commit = landing.url ? `[${short}](${landing.url})` : code(short);
  const rows = updated.map(({ file, line, from, to }) => [code(`${file}:${line}`), code(from), code(to)]);
  const title =
    landing.kind === 'committed'
      ? `Commit ${commit} on ${code(name)}`
      : `${code(name)} already holds these images (head ${commit})`;
  return [`### update-manifest: ${landing.kind}`, title, table(['place', 'from', 'to'], rows)]
    .filter((part) => part !== '')
    .join('\n\n');
}
