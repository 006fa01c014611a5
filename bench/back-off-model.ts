/** Milliseconds one way, for a commit on the server, for an edit, and until the last job has started. */
const [ONE_WAY, COMMIT, EDIT, STARTS] = [60, 40, 15, 400];
const ROUNDS = 20;
/** First and widest window of the back-off, in milliseconds. */
const WINDOWS = [
  [100, 5000],
  [500, 5000],
  [1000, 10_000],
  [2000, 10_000],
  [4000, 20_000],
] as const;
const JOBS = [2, 8, 32, 128];

interface Event {
  readonly at: number;
  readonly run: (now: number) => void;
}

/** The model behind the constants of `land`: writers that compare and swap, and what windows cost them. */
export function backOffModel(): void {
  console.log('first window, widest | jobs | requests a job | seconds');
  for (const [first, widest] of WINDOWS) {
    for (const jobs of JOBS) {
      const rounds = Array.from({ length: ROUNDS }, (_, seed) =>
        play(jobs, first, widest, seededRandom(seed)),
      );
      const mean = (pick: (round: Round) => number) =>
        rounds.reduce((total, round) => total + pick(round), 0) / ROUNDS;
      const cells = [`${first / 1000} s, ${widest / 1000} s`.padEnd(20), String(jobs).padStart(4)];
      console.log(
        [
          ...cells,
          mean(({ requests }) => requests / jobs)
            .toFixed(1)
            .padStart(14),
          (mean(({ end }) => end) / 1000).toFixed(1),
        ].join(' | '),
      );
    }
  }
}

interface Round {
  readonly requests: number;
  /** When the last job landed, in milliseconds. */
  readonly end: number;
}

function play(jobs: number, first: number, widest: number, random: () => number): Round {
  const events: Event[] = [];
  let [head, busyUntil, requests, end] = [0, 0, 0, 0];
  const attempt = (start: number, tries: number): void => {
    requests += 2;
    const base = { head: 0 };
    events.push({
      at: start + ONE_WAY,
      run: () => {
        base.head = head;
      },
    });
    events.push({
      at: start + 2 * ONE_WAY + EDIT,
      run: (now) => {
        if (base.head !== head)
          return attempt(now + random() * Math.min(widest, first * 2 ** (tries - 1)), tries + 1);
        head++;
        busyUntil = Math.max(now, busyUntil) + COMMIT;
        end = busyUntil;
      },
    });
  };
  for (let job = 0; job < jobs; job++) attempt(random() * STARTS + job * 30, 1);
  for (;;) {
    const next = events.reduce<Event | undefined>(
      (a, b) => (a === undefined || b.at < a.at ? b : a),
      undefined,
    );
    if (next === undefined) return { requests, end };
    events.splice(events.indexOf(next), 1);
    next.run(next.at);
  }
}

/** The same numbers for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
