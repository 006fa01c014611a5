import { setTimeout as sleep } from 'node:timers/promises';
import type { VerificationEngine } from './engine.ts';

/** Changes come in bursts; milliseconds. */
const BURST = 200;

/** Wakes whoever waits when something changes. No change is lost, also one that comes while nobody waits. */
export class Alarm {
  readonly #engine: Pick<VerificationEngine, 'changed'>;
  readonly #signal: AbortSignal;
  #isPending = false;
  #isRung = false;
  #wake: () => void = () => {};

  /** @param signal of the whole wait */
  constructor(engine: Pick<VerificationEngine, 'changed'>, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
  }

  /** Resolves shortly after a change since the wait before, or when the time is over. Milliseconds. */
  async wait(longest: number): Promise<void> {
    this.#listen();
    const over = new AbortController();
    const signal = AbortSignal.any([this.#signal, over.signal]);
    this.#wake = () => over.abort();
    if (this.#isRung) over.abort();
    await sleep(longest, undefined, { signal }).catch(() => undefined);
    this.#signal.throwIfAborted();
    if (this.#isRung) await sleep(Math.min(BURST, longest), undefined, { signal: this.#signal });
    this.#isRung = false;
  }

  #listen(): void {
    if (this.#isPending) return;
    this.#isPending = true;
    const ring = () => {
      this.#isPending = false;
      this.#isRung = true;
      this.#wake();
    };
    // One that fails is aborted: there is nothing more to hear.
    this.#engine.changed(this.#signal).then(ring, () => undefined);
  }
}
