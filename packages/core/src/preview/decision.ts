import type { PullRequestState } from '../github/index.ts';
import type { PreviewRecord } from './record.ts';

/** What to do with a preview, and why. `unknown` keeps it too, but somebody must look. */
export interface Decision {
  /** `warn`: it stays, but not for long. */
  readonly verdict: 'keep' | 'warn' | 'remove' | 'unknown';
  readonly reason: string;
  /** When it goes; epoch seconds. Missing when no time is set for it. */
  readonly expires?: number;
}

/** Epoch seconds and seconds. */
export interface Lifetime {
  readonly now: number;
  /** Counted from the last deployment; left out: what the preview recorded. */
  readonly ttl?: number | undefined;
  /** How long before its end a preview is warned of; 0 for never. */
  readonly warnBefore: number;
  /** A pull request with this label keeps its preview while it is open; empty for none. */
  readonly keepLabel: string;
}

/**
 * Decides about one preview; pure. It goes only when the API said that its pull request is closed or merged, or when the
 * pull request is known, does not have the label that keeps it, and the preview's time has passed. What is not known never
 * removes anything.
 */
export function decide(
  preview: Pick<PreviewRecord, 'pullRequest' | 'deployed' | 'expires'>,
  standing: PullRequestState,
  { now, ttl, warnBefore, keepLabel }: Lifetime,
): Decision {
  const subject = `pull request ${preview.pullRequest}`;
  if (standing.state === 'unknown') return { verdict: 'unknown', reason: standing.reason };
  if (standing.state !== 'open') return { verdict: 'remove', reason: `${subject} is ${standing.state}` };
  if (hasLabel(standing.labels, keepLabel))
    return { verdict: 'keep', reason: `${subject} is open and has the label ${keepLabel}` };
  const expires = ttl === undefined ? preview.expires : preview.deployed + ttl;
  const deployed = `last deployed ${moment(preview.deployed)}`;
  if (expires <= now)
    return { verdict: 'remove', reason: `expired ${moment(expires)}, ${deployed}`, expires };
  const isLate = expires - warnBefore <= now;
  const reason = `${subject} is open; expires ${moment(expires)}`;
  return { verdict: isLate ? 'warn' : 'keep', reason, expires };
}

/** Whether a pull request has a label; GitHub does not tell `Keep` from `keep`. An empty label is none. */
export function hasLabel(labels: readonly string[], label: string): boolean {
  return label !== '' && labels.some((one) => one.toLowerCase() === label.toLowerCase());
}

/** Epoch seconds as people read them: `2026-11-28 11:49 UTC`. */
export function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
