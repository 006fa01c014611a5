import type { PullRequestState } from '../github/index.ts';
import type { PreviewRecord } from './record.ts';

/** What to do with a preview, and why. `unknown` keeps it too, but somebody must look. */
export interface Decision {
  readonly verdict: 'keep' | 'remove' | 'unknown';
  readonly reason: string;
}

/** Epoch seconds and seconds. */
export interface Lifetime {
  readonly now: number;
  /** Counted from the last deployment; left out: what the preview recorded. */
  readonly ttl?: number | undefined;
}

/**
 * Decides about one preview; pure. It goes only when the API said that its pull request is closed or merged, or when the
 * pull request is known and the preview's time has passed. What is not known never removes anything.
 */
export function decide(
  preview: Pick<PreviewRecord, 'pullRequest' | 'deployed' | 'expires'>,
  standing: PullRequestState,
  { now, ttl }: Lifetime,
): Decision {
  const subject = `pull request ${preview.pullRequest}`;
  if (standing.state === 'unknown') return { verdict: 'unknown', reason: standing.reason };
  if (standing.state !== 'open') return { verdict: 'remove', reason: `${subject} is ${standing.state}` };
  const expires = ttl === undefined ? preview.expires : preview.deployed + ttl;
  return expires <= now
    ? { verdict: 'remove', reason: `expired ${moment(expires)}, last deployed ${moment(preview.deployed)}` }
    : { verdict: 'keep', reason: `${subject} is open; expires ${moment(expires)}` };
}

/** Epoch seconds as people read them: `2026-11-28 11:49 UTC`. */
export function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
