import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'workflows-templates');

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly steps: readonly Step[];
}

/** A starter workflow with one job, as users copy it. */
export interface Starter {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly job: Job;
  readonly text: string;
}

export function readStarter(file: string): Starter {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const { name, on, jobs } = parse(text) as Pick<Starter, 'name' | 'on'> & { jobs: Record<string, Job> };
  const [job, ...others] = Object.values(jobs);
  if (job === undefined || others.length > 0) throw new Error(`${file} has not one job.`);
  return { name, on, job, text };
}

/** The inputs of the one step that uses an action whose name ends so. */
export function inputsOf({ steps }: Job, action: string): Readonly<Record<string, string>> {
  const found = steps.filter(({ uses }) => uses?.split('@')[0]?.endsWith(action));
  if (found.length !== 1 || found[0]?.with === undefined) throw new Error(`Not one step uses ${action}.`);
  return found[0].with;
}

/** Inputs as the runner hands them over. */
export function evaluate(
  inputs: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const textOf = (expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`There is no value for ${expression}.`);
    return value;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      value.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => textOf(expression)),
    ]),
  );
}
