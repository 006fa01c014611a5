import type { Run } from '../action/index.ts';

/**
 * Trailers of a commit that writes a release (https://git-scm.com/docs/git-interpret-trailers), one a line. They say
 * which run of which workflow wrote what, and the sequence orders releases of one workflow.
 *
 * @param releases release ids, in the order of the images
 */
export function releaseTrailers(releases: readonly string[], run: Run): string {
  const workflow = workflowOf(run);
  return [
    ...[...new Set(releases)].map((release) => `Release: ${release}`),
    `Release-Sequence: ${run.runNumber}`,
    ...(workflow ? [`Source-Workflow: ${workflow}`] : []),
    `Source-Commit: ${run.sha}`,
    `Source-Run: ${run.url}/attempts/${run.runAttempt}`,
  ].join('\n');
}

/** Path of the run's workflow file, without the ref: `acme/shop/.github/workflows/delivery.yml`. */
export function workflowOf(run: Run): string {
  return run.workflowRef.replace(/@.*$/, '');
}

/** Value of a message's last trailer with this name; undefined when it has none. */
export function trailerOf(message: string, name: string): string | undefined {
  const line = message.split('\n').findLast((text) => text.startsWith(`${name}: `));
  return line?.slice(name.length + 2).trim();
}

/** The last paragraph of a message, where each of its lines is a trailer. */
export function trailersOf(message: string): readonly string[] {
  const lines = (
    message
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  ).split('\n');
  return lines.every((line) => /^[A-Za-z][A-Za-z-]*: \S/.test(line)) ? lines : [];
}

/** Whether these actions wrote the commit: it names the run it comes from. */
export function isReleaseCommit(message: string): boolean {
  return trailersOf(message).some((line) => line.startsWith('Source-Run: '));
}
