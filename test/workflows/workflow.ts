import { type Entry, entriesOf, lineOf, readSource, type Source } from './yaml-source.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Step {
  /** First line of the step, from 1. */
  readonly line: number;
  readonly id: string | undefined;
  readonly uses: string | undefined;
  /** The comment behind `uses`, where the version of a pin stands. */
  readonly usesComment: string | undefined;
  readonly run: string | undefined;
  readonly with: Fields;
}

export interface Job {
  readonly id: string;
  readonly line: number;
  /** The workflow that the job calls. */
  readonly uses: string | undefined;
  readonly with: Fields;
  readonly secrets: unknown;
  readonly needs: readonly string[];
  /** Its `if`. */
  readonly condition: string | undefined;
  readonly outputs: Fields;
  readonly env: Fields;
  /** The scopes under `permissions` and their levels; undefined when there is no map. */
  readonly grants: readonly Entry[] | undefined;
  readonly concurrency: unknown;
  readonly hasTimeout: boolean;
  readonly steps: readonly Step[];
  /** Everything in the job as one text, to look for references in. */
  readonly text: string;
}

/** What other workflows may pass to this one, and what they get. */
export interface Call {
  readonly inputs: Fields;
  readonly secrets: Fields;
  readonly outputs: Fields;
}

export interface Workflow {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly events: Fields;
  /** Present when other workflows may call this one. */
  readonly call: Call | undefined;
  readonly env: Fields;
  readonly grants: readonly Entry[] | undefined;
  readonly concurrency: unknown;
  readonly jobs: readonly Job[];
  /** Everything but the declarations under `on`, as one text. */
  readonly body: string;
}

/** Reads what the rules look at. Unknown keys and syntax are the business of GitHub's own parser. */
export function readWorkflow(path: string, text: string): Workflow {
  const source = readSource(text);
  const { on, ...rest } = fields(source.document.toJS());
  const events = fields(on);
  const jobs = fields(rest.jobs);
  return {
    path,
    lines: source.lines,
    events,
    call: 'workflow_call' in events ? readCall(fields(events.workflow_call)) : undefined,
    env: fields(rest.env),
    grants: entriesOf(source, ['permissions']),
    concurrency: rest.concurrency,
    jobs: (entriesOf(source, ['jobs']) ?? []).map((entry) => readJob(source, entry, fields(jobs[entry.key]))),
    body: JSON.stringify([rest, fields(events.workflow_call).outputs]),
  };
}

function readCall({ inputs, secrets, outputs }: Fields): Call {
  return { inputs: fields(inputs), secrets: fields(secrets), outputs: fields(outputs) };
}

function readJob(source: Source, { key: id, line }: Entry, job: Fields): Job {
  return {
    id,
    line,
    uses: textOf(job.uses),
    with: fields(job.with),
    secrets: job.secrets,
    needs: [job.needs ?? []].flat().map(String),
    condition: textOf(job.if),
    outputs: fields(job.outputs),
    env: fields(job.env),
    grants: entriesOf(source, ['jobs', id, 'permissions']),
    concurrency: job.concurrency,
    hasTimeout: job['timeout-minutes'] !== undefined,
    steps: listOf(job.steps).map((step, index) =>
      readStep(source, ['jobs', id, 'steps', index], fields(step)),
    ),
    text: JSON.stringify(job),
  };
}

/** @param keys where the step stands */
export function readStep(source: Source, keys: readonly (string | number)[], step: Fields): Step {
  const usesLine = source.lines[lineOf(source, [...keys, 'uses']) - 1] ?? '';
  return {
    line: lineOf(source, keys),
    id: textOf(step.id),
    uses: textOf(step.uses),
    usesComment: /\s#\s*(.*)$/.exec(usesLine)?.[1],
    run: textOf(step.run),
    with: fields(step.with),
  };
}

/** A map as it is; anything else is an empty one. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** A list as it is; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
