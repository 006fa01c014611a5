import type { Snapshot } from '@gitops-actions/core/gitops';
import type { Asked } from './asked.ts';
import type { Moment, Past } from './past.ts';
import { allSpots } from './spots.ts';

/** The commit by which this run took the step already. */
export async function doneByRun(
  past: Past & { readonly loaded?: number },
  files: Snapshot['files'],
  { run, images }: Asked,
): Promise<Moment | undefined> {
  // In its first attempt a run cannot have written anything further back than what is known by now.
  const end = run.runAttempt > 1 ? Number.POSITIVE_INFINITY : (past.loaded ?? Number.POSITIVE_INFINITY);
  const spots = images.length === 0 ? [] : allSpots(files, images);
  for (let index = 0; index < end; index++) {
    const moment = await past.moment(index);
    if (moment === undefined) return undefined;
    if (moment.rolledBack.length === 0 || !moment.runs.includes(run.url)) continue;
    if (images.length === 0) return moment;
    // Another step of the run may have rolled back other images.
    for (const spot of spots) {
      const [after, before] = await Promise.all([past.standing(index, spot), past.standing(index + 1, spot)]);
      const lost = before.filter(
        (one) => !after.some(({ tag, digest }) => tag === one.tag && digest === one.digest),
      );
      if (lost.some(({ tag, digest }) => moment.rolledBack.includes(tag ?? digest ?? ''))) return moment;
    }
  }
  return undefined;
}

export function doneSentence({ id, rolledBack }: Moment): string {
  return `This run rolled back ${rolledBack.join(', ')} already, by commit ${id}; nothing was written.`;
}
