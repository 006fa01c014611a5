import { RestError } from './answer.ts';

const WINDOW_MS = 60_000;

/**
 * GitHub's secondary limit on requests that create content, per account.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export interface ContentLimit {
  set(limit: { perMinute: number } | null): void;
  /** Counts a write; throws 403 with `retry-after` when the account has used its minute. */
  count(login: string): void;
}

/** Real time counts, not the server's clock: a test that stops that clock would never get a write again. */
export function createContentLimit(elapsed: () => number = () => performance.now()): ContentLimit {
  const writes = new Map<string, number[]>();
  let perMinute = Number.POSITIVE_INFINITY;
  return {
    set(limit) {
      perMinute = limit?.perMinute ?? Number.POSITIVE_INFINITY;
      writes.clear();
    },
    count(login) {
      const now = elapsed();
      const recent = (writes.get(login) ?? []).filter((at) => now - at < WINDOW_MS);
      writes.set(login, recent);
      if (recent.length < perMinute) {
        recent.push(now);
        return;
      }
      const wait = Math.ceil((WINDOW_MS - (now - (recent[0] ?? now))) / 1000);
      const message =
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      throw new RestError(403, message, { headers: { 'retry-after': String(Math.max(1, wait)) } });
    },
  };
}
