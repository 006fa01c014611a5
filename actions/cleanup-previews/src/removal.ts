import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, untilAborted } from '@gitops-actions/core/action';
import type { Decision, LivePreview } from '@gitops-actions/core/preview';
import type { Job } from './job.ts';
import { judge } from './judge.ts';
import { removedText } from './notices.ts';
import type { Section } from './sections.ts';

/** What became of a preview, and why. */
export interface Fate {
  readonly list: 'removed' | 'kept' | 'failed';
  readonly reason: string;
}

/** The runner leaves about ten seconds after a cancellation; milliseconds. */
const LAST_WORDS = 7000;

/** Removes a preview if it still may go. After a cancellation the report still comes, and says what is known. */
export async function fateOf(job: Job, preview: LivePreview): Promise<Fate> {
  const { signal } = job;
  const cancelled = () => messageOf(signal.reason).replace(/\.$/, '');
  if (signal.aborted) return { list: 'failed', reason: `not removed: ${cancelled()}` };
  const removing = remove(job, preview);
  try {
    return await untilAborted(removing, signal);
  } catch (error) {
    if (!signal.aborted) return { list: 'failed', reason: messageOf(error) };
    // A program that is still stopping would be killed with this process.
    const stopped = removing.catch(() => undefined);
    await Promise.race([stopped, sleep(LAST_WORDS, undefined, { ref: false })]);
    return { list: 'failed', reason: `may be removed or not: ${cancelled()}` };
  }
}

/**
 * Looks again, retires the Deployment, removes, and says so. The Deployment comes first: of a run that is killed in
 * between, the preview is still there for the next one to find, whereas nobody looks for a Deployment without a preview.
 */
async function remove(job: Job, preview: LivePreview): Promise<Fate> {
  const { engine, log, signal } = job;
  const { record, where } = preview;
  const [judged] = await judge(job, [preview]);
  const decision: Decision = judged?.decision ?? { verdict: 'unknown', reason: 'it was not judged again' };
  if (decision.verdict === 'unknown') return { list: 'failed', reason: decision.reason };
  if (decision.verdict !== 'remove') return { list: 'kept', reason: decision.reason };
  const standing = await engine.check(record, signal);
  if (standing.kind === 'replaced')
    return { list: 'kept', reason: `${where} was deployed anew while it was looked at` };
  const section = await findSection(job, preview);
  await job.retire(record, decision.reason).catch((error: unknown) => {
    throw new Error(`not removed, because its Deployment could not be retired: ${messageOf(error)}`);
  });
  const removal = await engine.remove(preview, signal);
  if (removal.kind === 'changed') return { list: 'kept', reason: removal.reason };
  if (removal.leftovers.length > 0)
    return { list: 'failed', reason: `removed, but still there: ${removal.leftovers.join(', ')}` };
  await section?.write(removedText(record, decision)).catch((error: unknown) => {
    log.warning(`${where} is removed, but its comment does not say so: ${messageOf(error)}`);
  });
  const remark = removal.remark === undefined ? '' : `; ${removal.remark}`;
  return { list: 'removed', reason: `${decision.reason}${remark}` };
}

/** Before the removal: a deployment that comes after it writes its section as a later run, and that one stays. */
async function findSection({ sections, log }: Job, { record }: LivePreview): Promise<Section | undefined> {
  return sections.find(record).catch((error: unknown) => {
    log.warning(messageOf(error));
    return undefined;
  });
}
