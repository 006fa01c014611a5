import { type Log, messageOf, untilAborted } from '@gitops-actions/core/action';
import type { PullRequestState } from '@gitops-actions/core/github';
import {
  type Decision,
  decide,
  type Listing,
  type LivePreview,
  type PreviewEngine,
  type PreviewRecord,
} from '@gitops-actions/core/preview';
import { type Entry, entryOf, type Report } from './report.ts';

/** Everything that a clean-up needs. */
export interface Job {
  readonly engine: PreviewEngine;
  /** Left out: the previews of every pull request. */
  readonly pullRequest: number | undefined;
  readonly readStates: (numbers: readonly number[]) => Promise<ReadonlyMap<number, PullRequestState>>;
  /** Makes the preview's GitHub Deployments inactive, but not those of a preview that was deployed anew meanwhile. */
  readonly retire: (preview: PreviewRecord, reason: string) => Promise<unknown>;
  /** Epoch seconds. */
  readonly now: () => number;
  /** Seconds; left out: what each preview recorded. */
  readonly ttl: number | undefined;
  readonly maxDeletions: number;
  readonly dryRun: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
}

interface Judged {
  readonly preview: LivePreview;
  readonly decision: Decision;
}

/**
 * Removes what may go. All decisions come first, so that an unexpected flood of them stops the run before it
 * removes anything; then each preview is judged once more right before it goes.
 *
 * @throws when the previews cannot be listed, and when the job is cancelled before the first goes
 */
export async function cleanUp(job: Job): Promise<Report> {
  const { signal } = job;
  const listing = await untilAborted(job.engine.list(signal), signal);
  const judged = await untilAborted(judge(job, ofPullRequest(job, listing)), signal);
  const stale = judged.filter(({ decision }) => decision.verdict === 'remove');
  const staying = {
    kept: entriesOf(judged, 'keep'),
    failed: [...entriesOf(judged, 'unknown'), ...unreadable(job, listing)],
  };
  const pullRequests = new Set(stale.map(({ preview }) => preview.record.pullRequest)).size;
  if (pullRequests > job.maxDeletions) return refuse(job, stale, staying, pullRequests);
  return removeAll(job, stale, staying);
}

type Staying = Pick<Report, 'kept' | 'failed'>;

function ofPullRequest({ pullRequest }: Job, { previews }: Listing): readonly LivePreview[] {
  return previews.filter(({ record }) => pullRequest === undefined || record.pullRequest === pullRequest);
}

async function judge(
  { readStates, now, ttl }: Job,
  previews: readonly LivePreview[],
): Promise<readonly Judged[]> {
  const numbers = [...new Set(previews.map(({ record }) => record.pullRequest))];
  const states = await readStates(numbers);
  return previews.map((preview) => {
    const { pullRequest } = preview.record;
    const state = states.get(pullRequest) ?? {
      state: 'unknown',
      reason: `pull request ${pullRequest} was not read`,
    };
    return { preview, decision: decide(preview.record, state, { now: now(), ttl }) };
  });
}

/** A close event has nothing to do with records that nobody can read; the scheduled run is red because of them. */
function unreadable({ pullRequest, log }: Job, listing: Listing): readonly Entry[] {
  if (pullRequest === undefined) return listing.unreadable;
  for (const { reason } of listing.unreadable) log.warning(reason);
  return [];
}

function refuse(job: Job, stale: readonly Judged[], { kept, failed }: Staying, pullRequests: number): Report {
  const refusal = `The previews of ${pullRequests} pull requests would go, but "max-deletions" is ${job.maxDeletions}, so none was removed; look at the list, and raise it if that is right.`;
  const held = stale.map(({ preview, decision }) => entryOf(preview.record, `held back: ${decision.reason}`));
  return { removed: [], kept, failed: [...held, ...failed], refusal };
}

async function removeAll(job: Job, stale: readonly Judged[], staying: Staying): Promise<Report> {
  const removed: Entry[] = [];
  const kept = [...staying.kept];
  const failed = [...staying.failed];
  const lists = { removed, kept, failed };
  for (const { preview, decision } of stale) {
    const { record } = preview;
    if (job.dryRun) {
      kept.push(entryOf(record, `dry run; would go: ${decision.reason}`));
      continue;
    }
    const { list, reason } = await fateOf(job, preview);
    job.log.info(`${preview.where}: ${list}, ${reason}.`);
    lists[list].push(entryOf(record, reason));
  }
  return { removed, kept, failed };
}

/** After a cancellation the report still comes, and says of each preview what is known. */
async function fateOf(job: Job, preview: LivePreview): Promise<Fate> {
  const { signal } = job;
  const cancelled = () => messageOf(signal.reason).replace(/\.$/, '');
  if (signal.aborted) return { list: 'failed', reason: `not removed: ${cancelled()}` };
  return untilAborted(removeOne(job, preview), signal).catch((error: unknown) => {
    if (!signal.aborted) return { list: 'failed', reason: messageOf(error) };
    return { list: 'failed', reason: `may be removed or not, or its Deployment not retired: ${cancelled()}` };
  });
}

interface Fate {
  readonly list: 'removed' | 'kept' | 'failed';
  readonly reason: string;
}

async function removeOne(job: Job, preview: LivePreview): Promise<Fate> {
  const [judged] = await judge(job, [preview]);
  const { verdict, reason } = judged?.decision ?? { verdict: 'unknown', reason: 'it was not judged again' };
  if (verdict !== 'remove') return { list: verdict === 'keep' ? 'kept' : 'failed', reason };
  const removal = await job.engine.remove(preview, job.signal);
  if (removal.kind === 'changed') return { list: 'kept', reason: removal.reason };
  if (removal.leftovers.length > 0) {
    return { list: 'failed', reason: `removed, but still there: ${removal.leftovers.join(', ')}` };
  }
  return job.retire(preview.record, reason).then(
    () => ({ list: 'removed', reason }),
    (error: unknown) => ({
      list: 'failed',
      reason: `${preview.where} is gone, but its Deployment is not retired: ${messageOf(error)}`,
    }),
  );
}

function entriesOf(judged: readonly Judged[], verdict: Decision['verdict']): readonly Entry[] {
  return judged
    .filter(({ decision }) => decision.verdict === verdict)
    .map(({ preview, decision }) => entryOf(preview.record, decision.reason));
}
