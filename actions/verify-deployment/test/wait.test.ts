import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '@gitops-actions/core/kubernetes';
import { describe, expect, test } from '@jest/globals';
import type { Judgement, Subject, VerificationEngine } from '../src/engine.ts';
import { waitForVerdict } from '../src/wait.ts';

const HEALTHY: Judgement = { kind: 'healthy' };
const WAITING: Judgement = { kind: 'waiting', what: 'it starts' };

/** An engine whose looks are told before, the last one again and again. */
function told(...looks: readonly (Judgement | Error)[]) {
  const seen = { looks: 0, nudges: 0, states: 0, signal: undefined as AbortSignal | undefined };
  const engine: VerificationEngine & { change: () => void } = {
    change: () => {},
    look: async (): Promise<readonly Subject[]> => {
      const look = looks[Math.min(seen.looks++, looks.length - 1)];
      if (look === undefined || Error.isError(look)) throw look ?? new Error('nothing told');
      return [{ where: 'Application web', state: look.kind, judgement: look, revision: '' }];
    },
    nudge: async () => {
      seen.nudges++;
    },
    changed: (signal) => {
      seen.signal = signal;
      const { promise, resolve } = Promise.withResolvers<void>();
      engine.change = resolve;
      return promise;
    },
    reasons: async () => [],
  };
  const lines: string[] = [];
  const log = {
    info: (text: string) => lines.push(text),
    debug: () => {},
    notice: () => {},
    warning: () => {},
  };
  const wait = (timeout: number, signal = new AbortController().signal) =>
    waitForVerdict(engine, { timeout, signal, log, now: () => performance.now() });
  return { engine, seen, lines, wait };
}

describe('waitForVerdict', () => {
  test('looks when something changed, not only from time to time, and says what changed once', async () => {
    const { engine, seen, lines, wait } = told(WAITING, WAITING, HEALTHY);
    const started = performance.now();
    const waiting = wait(60_000);
    await sleep(100);
    engine.change();
    await sleep(500);
    engine.change();
    expect((await waiting).verdict).toBe('healthy');
    expect(performance.now() - started).toBeLessThan(3000);
    expect(seen).toMatchObject({ looks: 3, nudges: 1 });
    expect(lines).toEqual(['Application web: waiting.', 'Application web: healthy.']);
    expect(seen.signal?.aborted).toBe(true);
  });

  test('a change that comes during a look is not lost', async () => {
    const { engine, wait } = told(WAITING, WAITING, HEALTHY);
    const look = engine.look;
    engine.look = async (signal) => {
      const subjects = await look(signal);
      engine.change();
      return subjects;
    };
    const started = performance.now();
    expect((await wait(60_000)).verdict).toBe('healthy');
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test('the time is over: unknown, after a last look', async () => {
    const { seen, wait } = told(WAITING);
    const finding = await wait(300);
    expect(finding).toMatchObject({
      verdict: 'unknown',
      message: 'The Application web was not healthy after 0s: it starts.',
    });
    // A timer may end a moment before the clock says so.
    expect([2, 3]).toContain(seen.looks);
  });

  test('a refusal of the first look ends it, one that comes later may pass', async () => {
    const forbidden = new ClusterError('Forbidden', 'The cluster refused.');
    await expect(told(forbidden).wait(60_000)).rejects.toThrow('The cluster refused.');
    const { engine, lines, wait } = told(WAITING, forbidden, HEALTHY);
    const timer = setInterval(() => engine.change(), 50);
    expect((await wait(60_000)).verdict).toBe('healthy');
    clearInterval(timer);
    expect(lines).toContain('The cluster is asked again: The cluster refused.');
  });

  test('a cluster that does not answer is waited for, also at the start', async () => {
    const away = new ClusterError('Unavailable', 'The cluster does not answer.');
    const { engine, wait } = told(away, WAITING, HEALTHY);
    const timer = setInterval(() => engine.change(), 50);
    expect((await wait(60_000)).verdict).toBe('healthy');
    clearInterval(timer);
    expect(await told(away).wait(200)).toMatchObject({
      verdict: 'unknown',
      message: 'Not healthy after 0s: The cluster does not answer.',
    });
  });

  test('what is no answer of a cluster is thrown', async () => {
    await expect(told(new Error('no kubectl')).wait(60_000)).rejects.toThrow('no kubectl');
  });

  test('cancelled: at once, with the reason', async () => {
    const controller = new AbortController();
    const waiting = told(WAITING).wait(60_000, controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled')), 100);
    const started = performance.now();
    await expect(waiting).rejects.toThrow('cancelled');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
