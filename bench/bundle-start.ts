import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { actions, root } from '../scripts/project.ts';

const PAIRS = 15;
/** Start-up may cost so many times an empty program, and a bundle may be so large. */
const BUDGET = { ratio: 3.5, megabytes: 1 };

/**
 * How long a bundle takes until it has read its inputs: each is started without the variables a runner sets, so that it
 * ends with one sentence before any work. Pairs with `node -e 0` are interleaved, so that both see the same machine.
 */
export function bundleStart(): void {
  console.log(
    `bundle start, median of ${PAIRS} pairs with an empty program (budget ${BUDGET.ratio} ×, ${BUDGET.megabytes} MB)\n`,
  );
  console.log('action             |   MB | empty ms | start ms | ratio');
  console.log('------------------ | ---- | -------- | -------- | -----');
  for (const action of actions) {
    const bundle = join(root, 'actions', action, 'dist', 'index.js');
    const pairs = Array.from({ length: PAIRS }, () => [started(['-e', '0']), started([bundle])] as const);
    const empty = median(pairs.map(([first]) => first));
    const start = median(pairs.map(([, second]) => second));
    const ratio = median(pairs.map(([first, second]) => second / first));
    const megabytes = statSync(bundle).size / 1e6;
    const cells = [
      action.padEnd(18),
      megabytes.toFixed(2),
      empty.toFixed(0).padStart(8),
      start.toFixed(0).padStart(8),
      ratio.toFixed(2),
    ];
    console.log(cells.join(' | '));
  }
}

/** Milliseconds from spawn to exit. */
function started(args: readonly string[]): number {
  const before = performance.now();
  spawnSync(process.execPath, args, { env: { PATH: process.env.PATH ?? '' }, stdio: 'ignore' });
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
