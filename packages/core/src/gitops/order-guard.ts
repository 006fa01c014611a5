import type { Ancestry } from '../github/index.ts';
import { type CommitPair, type OrderRule, orderReleases, type ReleaseOrder } from '../release/index.ts';
import type { GitOpsRepository, LogEntry } from './repository.ts';
import { releasedIn, trailerOf } from './trailers.ts';

/** Orders what is to be written against what stands in a file. */
export type OrderGuard = (file: string, current: string, candidate: string) => Promise<ReleaseOrder>;

export interface OrderGuardOptions {
  readonly rule: OrderRule;
  readonly repository: Pick<GitOpsRepository, 'log'>;
  /** Path of this run's workflow, as the trailer `Source-Workflow` has it; empty when it is not known. */
  readonly workflow: string;
  /** Ancestry of two commits in the repository that is released. */
  readonly ancestry: (pair: CommitPair) => Promise<Ancestry>;
  readonly signal: AbortSignal;
}

/**
 * Keeps an older release from overwriting a newer one. Ids decide, or the ancestry of the commits they name, asked once
 * for each pair. Run numbers of two workflows are no order: before a release is called older, the trailer of the commit
 * that wrote the current one is read, in one request for each file.
 */
export function createOrderGuard(options: OrderGuardOptions): OrderGuard {
  const histories = new Map<string, Promise<readonly LogEntry[]>>();
  const historyOf = (file: string): Promise<readonly LogEntry[]> => {
    const known = histories.get(file) ?? options.repository.log([file], options.signal);
    histories.set(file, known);
    return known;
  };
  const ancestries = new Map<string, Promise<Ancestry>>();
  const ancestryOf = (pair: CommitPair): Promise<Ancestry> => {
    const key = `${pair.current}...${pair.candidate}`;
    const known = ancestries.get(key) ?? options.ancestry(pair);
    ancestries.set(key, known);
    return known;
  };
  return async (file, current, candidate) => {
    const order = orderReleases(current, candidate, options.rule);
    if (typeof order !== 'string') return ancestryOf(order);
    if (order !== 'older' || options.rule !== 'auto') return order;
    return isOfAnotherWorkflow(await historyOf(file), current, options.workflow) ? 'unknown' : 'older';
  };
}

function isOfAnotherWorkflow(history: readonly LogEntry[], current: string, workflow: string): boolean {
  const writer = history.find((entry) => wrote(entry, current));
  const other = writer && trailerOf(writer.message, 'Source-Workflow');
  return workflow !== '' && other !== undefined && other !== workflow;
}

/** A rollback only brought it back: the run that did that says nothing of the release. */
function wrote({ message }: LogEntry, release: string): boolean {
  return releasedIn(message).includes(release);
}
