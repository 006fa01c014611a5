import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, formatDuration, type Log } from '../action/index.ts';
import type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  PathSpec,
  Snapshot,
} from './repository.ts';

/** What an edit makes of a snapshot: a function of it alone, and done again on a fresh snapshot after each conflict. */
export interface Edit<Result> {
  /** Empty when the files already are what they should be. */
  readonly changes: readonly FileChange[];
  readonly message: CommitMessage;
  /** What the caller wants to know of the edit that landed. */
  readonly result: Result;
}

export interface LandOptions {
  readonly paths: PathSpec;
  /** How long to go on after conflicts; milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Between 0 and 1. */
  readonly random?: () => number;
  /** Milliseconds since some fixed moment. */
  readonly now?: () => number;
}

export interface Landing<Result> {
  readonly kind: 'committed' | 'unchanged';
  /** The commit that was made; for `unchanged` the head just read. */
  readonly commit: string;
  /** Page of the commit that was made; empty for `unchanged`. */
  readonly url: string;
  readonly result: Result;
  /** How many snapshots were read. */
  readonly attempts: number;
}

/** First back-off window and the widest one, in milliseconds; chosen by measurement: docs/contention.md. */
const FIRST_WINDOW = 1000;
const WIDEST_WINDOW = 10_000;

/**
 * Lands an edit in a GitOps repository: read, edit, commit; when another job's commit came first, read the fresh head and
 * edit again. Another job's change is never undone, because the edit never sees a stale file.
 *
 * Waits between attempts with full jitter in a window that doubles
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @throws ConfigurationError when the deadline passes; nothing was written then
 */
export async function land<Result>(
  repository: Pick<GitOpsRepository, 'name' | 'read' | 'commit'>,
  edit: (snapshot: Snapshot) => Edit<Result> | Promise<Edit<Result>>,
  options: LandOptions,
): Promise<Landing<Result>> {
  const { random = Math.random, now = Date.now, signal, log } = options;
  const end = now() + options.deadline;
  const heads = new Set<string>();
  for (let attempts = 1; ; attempts++) {
    const snapshot = await repository.read(options.paths, signal);
    heads.add(snapshot.head);
    const { changes, message, result } = await edit(snapshot);
    if (changes.length === 0) return { kind: 'unchanged', commit: snapshot.head, url: '', result, attempts };
    const outcome = await repository.commit(snapshot, changes, message, signal);
    if (outcome.kind === 'commit') return committed(outcome, result, attempts);
    const wait = pause(outcome, attempts, random);
    if (now() + wait > end) {
      const isMoved = attempts === 1 || heads.size > 1;
      throw tooLate(outcome, { name: repository.name, attempts, deadline: options.deadline, isMoved });
    }
    log.info(`${reason(outcome, repository.name)}; editing the new head in ${Math.round(wait)} ms.`);
    await sleep(wait, undefined, { signal });
  }
}

/** Full jitter; after a limit on top of what the server asks for, so that those who waited do not come back as one. */
function pause({ retryAfter }: Conflict, attempts: number, random: () => number): number {
  const window = Math.min(WIDEST_WINDOW, FIRST_WINDOW * 2 ** (attempts - 1));
  return retryAfter === undefined ? random() * window : retryAfter * 1000 + random() * WIDEST_WINDOW;
}

function reason({ retryAfter }: Conflict, name: string): string {
  // A lost answer is one, too, and only the next look tells.
  if (retryAfter === undefined)
    return `The commit to ${name} was not taken, most often because another came first`;
  return `GitHub's limit on writes was reached and lasts ${retryAfter} s`;
}

function committed<Result>(commit: Commit, result: Result, attempts: number): Landing<Result> {
  return { kind: 'committed', commit: commit.id, url: commit.url, result, attempts };
}

interface Failed {
  readonly name: string;
  readonly attempts: number;
  readonly deadline: number;
  /** Whether anybody else's commit was seen, or could have been. */
  readonly isMoved: boolean;
}

function tooLate(
  { retryAfter }: Conflict,
  { name, attempts, deadline, isMoved }: Failed,
): ConfigurationError {
  if (retryAfter !== undefined)
    return new ConfigurationError(
      `GitHub's limit on writes kept ${name} from being written and lasts ${retryAfter} s, longer than is left of ${formatDuration(deadline)}; nothing was written. Re-run the job later, or raise the input "deadline".`,
    );
  if (!isMoved)
    return new ConfigurationError(
      `The server took none of ${attempts} commits to ${name} within ${formatDuration(deadline)}, though no other one came first; nothing was written. Re-run the job once the server answers again, or raise the input "deadline".`,
    );
  return new ConfigurationError(
    `Other commits reached ${name} first ${attempts} times within ${formatDuration(deadline)}; nothing was written. Re-run the job, or raise the input "deadline".`,
  );
}
