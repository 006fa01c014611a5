import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Call } from './double.ts';

/** Opens no page; says the scores of one, and needs the budget that it is given. */
export function lighthouse({ input, cwd }: Call): Answer {
  const budget = input('budgetPath');
  if (input('urls') === '') throw new Error("Need either 'urls' in action parameters");
  if (budget !== '' && !existsSync(join(cwd, budget))) throw new Error(`${budget} is not there.`);
  const run = { url: input('urls'), summary: { performance: 0.93, accessibility: 1 } };
  return { outputs: { manifest: JSON.stringify(Array(Number(input('runs'))).fill(run)) } };
}
