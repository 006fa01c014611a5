import { gitResult } from './command.ts';

export const NO_COMMIT = '0'.repeat(40);

export interface RefUpdate {
  ref: string;
  /** New object; `NO_COMMIT` deletes the ref. */
  to: string;
  /** What it must point to now; `NO_COMMIT` when it must not exist. */
  from: string;
}

/** Updates refs in one transaction of git, compare-and-swap. False when one of them has moved. */
export async function updateRefs(directory: string, updates: readonly RefUpdate[]): Promise<boolean> {
  const input = updates.map(({ ref, to, from }) => `update ${ref}\0${to}\0${from}\0`).join('');
  const result = await gitResult(['update-ref', '--stdin', '-z'], { cwd: directory, input });
  if (result.code === 0) return true;
  if (/cannot lock ref|but expected|reference already exists/.test(result.stderr)) return false;
  throw new Error(`git update-ref failed: ${result.stderr.trim()}`);
}
