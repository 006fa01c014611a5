import { expect } from '@jest/globals';
import type { JobRun, Result } from './act-log.ts';
import type { Ran } from './run-workflow.ts';

/**
 * How each job ended, by its name; also those that call a workflow.
 *
 * @throws with the logs of the jobs that ended otherwise
 */
export function expectJobs({ jobs, remarks }: Ran, expected: Readonly<Record<string, Result>>): void {
  try {
    expect(Object.fromEntries(jobs.map(({ name, result }) => [name, result]))).toEqual(expected);
  } catch (error) {
    const odd = jobs.filter(({ name, result }) => expected[name] !== result);
    const logs = odd.map(({ name, log }) => `--- ${name}\n${log}`);
    throw new Error([Error.isError(error) ? error.message : '', ...logs, remarks].join('\n'));
  }
}

/** A job by its name. */
export function jobOf({ jobs }: Ran, name: string): JobRun {
  const job = jobs.find((one) => one.name === name);
  if (job === undefined)
    throw new Error(`No job "${name}" ran, but ${jobs.map((one) => one.name).join(', ')}.`);
  return job;
}

/** The outputs of a job's steps, put together. */
export const outputsOf = ({ steps }: JobRun): Readonly<Record<string, string>> =>
  Object.assign({}, ...steps.map(({ outputs }) => outputs));
