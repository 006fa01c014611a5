import type { Run } from '../action/index.ts';

const ROLLED_BACK = 'Rolled-Back';

/**
 * Trailers of a commit that writes a release (https://git-scm.com/docs/git-interpret-trailers), one a line. They say
 * which run of which workflow wrote what, and the sequence orders releases of one workflow.
 *
 * @param releases release ids, in the order of the images
 * @param rolledBack ids of the releases that these take the place of, because they were bad
 */
export function releaseTrailers(
  releases: readonly string[],
  run: Run,
  rolledBack: readonly string[] = [],
): string {
  const workflow = workflowOf(run);
  return [
    ...[...new Set(releases)].map((release) => `Release: ${release}`),
    ...[...new Set(rolledBack)].map((release) => `${ROLLED_BACK}: ${release}`),
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

/** The releases that a commit wrote. GitHub puts lines behind the trailers of a commit that it squashes: any line counts. */
export function releasesIn(message: string): readonly string[] {
  return valuesOf(message, 'Release');
}

/** The releases that a commit took back; none for a commit that is no rollback. */
export function rolledBackIn(message: string): readonly string[] {
  return valuesOf(message, ROLLED_BACK);
}

/**
 * The releases that a commit wrote for the first time or again: without those that it only brought back in the place of
 * a release that it took back. One message may hold the trailers of several commits, as GitHub squashes them.
 */
export function releasedIn(message: string): readonly string[] {
  const groups: { releases: string[]; isRollback: boolean }[] = [];
  let isOpen = false;
  for (const line of message.split(/\r?\n/)) {
    const [, name = '', value = ''] = TRAILER.exec(line) ?? [];
    if (name === 'Release') {
      if (!isOpen) groups.push({ releases: [], isRollback: false });
      groups.at(-1)?.releases.push(...idOf(value));
      isOpen = true;
    } else if (name !== '') isOpen = false;
    const group = groups.at(-1);
    if (name === ROLLED_BACK && group !== undefined) group.isRollback = true;
  }
  return [...new Set(groups.flatMap(({ releases, isRollback }) => (isRollback ? [] : releases)))];
}

const TRAILER = /^(Release|Rolled-Back|Release-Sequence|Source-[A-Za-z]+): +(.*)$/;

function valuesOf(message: string, name: string): readonly string[] {
  const lines = message.split(/\r?\n/).filter((line) => line.startsWith(`${name}: `));
  return [...new Set(lines.flatMap((line) => idOf(line.slice(name.length + 2).trim())))];
}

/** People write on behind an id: `Release: v1.2.3, see the notes`. */
function idOf(text: string): readonly string[] {
  const [id] = /^[\w.:+-]*[\w+-]/.exec(text) ?? [];
  return id === undefined ? [] : [id];
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
