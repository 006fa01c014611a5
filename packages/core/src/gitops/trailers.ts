import type { Run } from '../action/index.ts';

/**
 * Trailers of a commit that writes a release (https://git-scm.com/docs/git-interpret-trailers), one a line. They say
 * which run of which workflow wrote what, and the sequence orders releases of one workflow.
 *
 * @param releases release ids, in the order of the images
 */
export function releaseTrailers(releases: readonly string[], run: Run): string {
  const workflow = run.workflowRef.replace(/@.*$/, '');
  return [
    ...[...new Set(releases)].map((release) => `Release: ${release}`),
    `Release-Sequence: ${run.runNumber}`,
    ...(workflow ? [`Source-Workflow: ${workflow}`] : []),
    `Source-Commit: ${run.sha}`,
    `Source-Run: ${run.url}/attempts/${run.runAttempt}`,
  ].join('\n');
}
