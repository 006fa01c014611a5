import { setTimeout as sleep } from 'node:timers/promises';
import { currentCommits } from '../controller/index.ts';
import {
  type Cluster,
  describeLive,
  describeReference,
  type ObjectReference,
  readLive,
} from '../kubernetes/index.ts';
import type { Reconciliation } from './controller.ts';
import type { ControllerWait } from './controller-ready.ts';
import type { PreviewRecord } from './record.ts';

const PAUSE = 1000;
const NUDGE = 5000;

/** What is removed, and what was there before. */
export interface Removed {
  readonly preview: PreviewRecord;
  readonly folder: string;
  /** The commit that removed the files. */
  readonly commit: string;
  readonly before: Reconciliation;
}

/**
 * Waits until the controller has taken away what it applied. Milliseconds.
 *
 * @returns what is still there when the time is over, for people; empty is verified gone
 */
export async function untilGone(
  wait: ControllerWait,
  cluster: Cluster,
  removed: Removed,
): Promise<readonly string[]> {
  const { controller, timeout, signal } = wait;
  const { preview, folder } = removed;
  const end = Date.now() + timeout;
  for (let nudged = 0; ; await sleep(PAUSE, undefined, { signal })) {
    if (Date.now() - nudged >= NUDGE) {
      await controller.nudge(preview, folder, signal);
      nudged = Date.now();
    }
    const left = await leftOf(wait, cluster, removed);
    if (left.length === 0 || Date.now() > end) return left;
  }
}

async function leftOf(wait: ControllerWait, cluster: Cluster, removed: Removed): Promise<readonly string[]> {
  const { controller, signal } = wait;
  const { before, folder, preview, commit } = removed;
  const now = await controller.read(preview, folder, signal);
  if (now && before.isOwn) return [`${now.where}${asAt(now)}`];
  if (now && !(await hasApplied(wait, now, commit)))
    return [`what the ${now.where} applied of it${asAt(now)}`];
  const kept = new Set(now?.inventory.map(keyOf));
  const pruned = before.inventory.filter((reference) => !kept.has(keyOf(reference)));
  return (await readLive(cluster, pruned, preview.namespace, signal)).map(describeLive);
}

/** One Kustomization for all previews stays; it has taken this one away once it is at the commit, or after it. */
async function hasApplied(wait: ControllerWait, now: Reconciliation, commit: string): Promise<boolean> {
  const commits = currentCommits(wait.descends, commit);
  await commits.learn(now.revisions);
  return now.judge(commits.isCurrent).kind === 'healthy';
}

function asAt({ complaints }: Reconciliation): string {
  return complaints.length === 0 ? '' : ` (${complaints.join('; ')})`;
}

function keyOf(reference: ObjectReference): string {
  return `${reference.apiVersion} ${reference.namespace} ${describeReference(reference)}`;
}
