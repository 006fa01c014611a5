import { untilAborted } from '@gitops-actions/core/action';
import type { Decision, Listing, LivePreview } from '@gitops-actions/core/preview';
import type { Job, Judged } from './job.ts';
import { judge } from './judge.ts';
import { fateOf } from './removal.ts';
import { type Entry, entryOf, type Report } from './report.ts';
import { warnOf } from './warning.ts';

/**
 * Removes what may go, and warns of what goes soon. All decisions come first, so that an unexpected flood of them stops
 * the run before it removes anything; then each preview is judged once more right before it goes.
 *
 * @throws when the previews cannot be listed, and when the job is cancelled before the first goes
 */
export async function cleanUp(job: Job): Promise<Report> {
  const { signal } = job;
  const listing = await untilAborted(job.engine.list(signal), signal);
  const judged = await untilAborted(judge(job, ofPullRequest(job, listing)), signal);
  const stale = judged.filter(({ decision }) => decision.verdict === 'remove');
  const late = judged.filter(({ decision }) => decision.verdict === 'warn');
  const staying = {
    kept: entriesOf(judged, 'keep'),
    failed: [...entriesOf(judged, 'unknown'), ...unreadable(job, listing)],
  };
  const pullRequests = new Set(stale.map(({ preview }) => preview.record.pullRequest)).size;
  if (pullRequests > job.maxDeletions) {
    const kept = [...staying.kept, ...entriesOf(late, 'warn')];
    return refuse(job, stale, { ...staying, kept }, pullRequests);
  }
  return act(job, { stale, late }, staying);
}

type Staying = Pick<Report, 'kept' | 'failed'>;

function ofPullRequest({ pullRequest }: Job, { previews }: Listing): readonly LivePreview[] {
  return previews.filter(({ record }) => pullRequest === undefined || record.pullRequest === pullRequest);
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
  return { removed: [], kept, warned: [], failed: [...held, ...failed], refusal };
}

interface Due {
  readonly stale: readonly Judged[];
  readonly late: readonly Judged[];
}

async function act(job: Job, { stale, late }: Due, staying: Staying): Promise<Report> {
  const removed: Entry[] = [];
  const warned: Entry[] = [];
  const kept = [...staying.kept];
  const failed = [...staying.failed];
  const lists = { removed, kept, warned, failed };
  for (const one of stale) {
    const { preview, decision } = one;
    if (job.dryRun) {
      kept.push(entryOf(preview.record, `dry run; would go: ${decision.reason}`));
      continue;
    }
    const { list, reason } = await fateOf(job, preview);
    job.log.info(`${preview.where}: ${list}, ${reason}.`);
    lists[list].push(entryOf(preview.record, reason));
  }
  for (const one of late) {
    const { list, reason } = await warnOf(job, one);
    lists[list].push(entryOf(one.preview.record, reason));
  }
  return { removed, kept, warned, failed };
}

function entriesOf(judged: readonly Judged[], verdict: Decision['verdict']): readonly Entry[] {
  return judged
    .filter(({ decision }) => decision.verdict === verdict)
    .map(({ preview, decision }) => entryOf(preview.record, decision.reason));
}
