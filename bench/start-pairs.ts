import { spawnSync } from 'node:child_process';

const PAIRS = 15;

/** Medians of pairs of programs that were started in turn, so that both saw the same machine. */
export interface StartPairs {
  /** Milliseconds of `node -e 0`. */
  readonly empty: number;
  /** Milliseconds of the other program, from spawn to exit. */
  readonly program: number;
  /** Of the ratios of the pairs. */
  readonly ratio: number;
}

/**
 * Starts a program of Node 15 times, each time after an empty one.
 *
 * @param status the exit code it must end with
 * @throws Error when it ends otherwise: then something else was measured
 */
export function startPairs(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  status: number,
): StartPairs {
  const pairs = Array.from(
    { length: PAIRS },
    () => [started(['-e', '0'], env, 0), started(args, env, status)] as const,
  );
  return {
    empty: median(pairs.map(([first]) => first)),
    program: median(pairs.map(([, second]) => second)),
    ratio: median(pairs.map(([first, second]) => second / first)),
  };
}

/** Milliseconds from spawn to exit. */
function started(args: readonly string[], env: Readonly<Record<string, string>>, status: number): number {
  const before = performance.now();
  const run = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const milliseconds = performance.now() - before;
  if (run.status === status) return milliseconds;
  throw new Error(`${args.join(' ')} ended with ${run.status}, not ${status}: ${run.stdout}${run.stderr}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
