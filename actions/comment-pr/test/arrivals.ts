import { setTimeout as sleep } from 'node:timers/promises';
import type { GitHub } from '@gitops-actions/testkit';

type RequestRecord = ReturnType<GitHub['requests']>[number];

/** How long a machine with other work may take to start what sends them, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Resolves when so many requests have arrived.
 *
 * @param senders whoever sends them; when one of them fails, that is the error
 * @throws when they are done, or time is up, and there were fewer
 */
export async function arrivals(
  github: GitHub,
  match: (request: RequestRecord) => boolean,
  count: number,
  senders: readonly Promise<unknown>[],
): Promise<void> {
  const end = performance.now() + PATIENCE;
  const sent = Promise.all(senders).then(() => true);
  // Who fails after this function has returned is the caller's affair.
  sent.catch(() => undefined);
  for (;;) {
    const there = github.requests().filter(match).length;
    if (there >= count) return;
    const isOver = await Promise.race([sent, sleep(10, false)]);
    if (isOver || performance.now() > end) throw new Error(`${there} of ${count} requests arrived.`);
  }
}
