import { statSync } from 'node:fs';
import { join } from 'node:path';
import { actions, root } from '../scripts/project.ts';
import { releaseIdRun } from './release-id-run.ts';
import { type StartPairs, startPairs } from './start-pairs.ts';

/** Start-up may cost so many times an empty program, and a bundle may be so large. */
const BUDGET = { ratio: 3.5, megabytes: 1 };

/**
 * How long a bundle takes until it has read its inputs: each is started without the variables a runner sets, so that it
 * ends with one sentence before any work. In the last row release-id does all its work, without network.
 */
export async function bundleStart(): Promise<void> {
  console.log(
    `bundle start, medians of pairs with an empty program (budget ${BUDGET.ratio} ×, ${BUDGET.megabytes} MB)\n`,
  );
  console.log('action             |   MB | empty ms | start ms | ratio');
  console.log('------------------ | ---- | -------- | -------- | -----');
  for (const action of actions) {
    const env = { PATH: process.env.PATH ?? '' };
    console.log(row(action, action, startPairs([bundleOf(action)], env, 1)));
  }
  console.log(row('release-id, total', 'release-id', await releaseIdRun(bundleOf('release-id'))));
}

function row(name: string, action: string, { empty, program, ratio }: StartPairs): string {
  const megabytes = statSync(bundleOf(action)).size / 1e6;
  const cells = [
    name.padEnd(18),
    megabytes.toFixed(2),
    empty.toFixed(0).padStart(8),
    program.toFixed(0).padStart(8),
    ratio.toFixed(2),
  ];
  return cells.join(' | ');
}

function bundleOf(action: string): string {
  return join(root, 'actions', action, 'dist', 'index.js');
}
