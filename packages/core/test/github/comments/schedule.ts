/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lets steps of several writers happen one at a time, in an order that the seed decides. */
export interface Schedule {
  /** Resolves when it is this step's turn. */
  readonly turn: () => Promise<void>;
  /** Resolves when nothing else can go on: a second is longer than any number of requests. */
  readonly wait: () => Promise<void>;
  /** Runs everything to its end. */
  readonly finish: (work: readonly Promise<unknown>[]) => Promise<void>;
}

export function createSchedule(random: () => number): Schedule {
  const waiting: (() => void)[] = [];
  const asleep: (() => void)[] = [];
  return {
    turn: () => new Promise((resolve) => waiting.push(resolve)),
    wait: () => new Promise((resolve) => asleep.push(resolve)),
    finish: async (work) => {
      let isDone = false;
      const all = Promise.allSettled(work).then(() => {
        isDone = true;
      });
      while (!isDone) {
        // Everything that can go on without a turn goes on first.
        await new Promise((resolve) => setImmediate(resolve));
        const ready = waiting.length > 0 ? waiting : asleep;
        const [next] = ready.splice(Math.floor(random() * ready.length), 1);
        next?.();
      }
      await all;
    },
  };
}
