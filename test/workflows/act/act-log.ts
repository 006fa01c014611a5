/** How a job or a step ended. */
export type Result = 'success' | 'failure' | 'skipped' | 'unfinished';

export interface StepRun {
  readonly name: string;
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
}

/** One job, or one leg of a matrix. */
export interface JobRun {
  /** Of the workflow file; a called workflow's job has its own. */
  readonly id: string;
  /** As GitHub shows it: of a called workflow's job with the caller's job before it. */
  readonly name: string;
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly result: Result;
  readonly steps: readonly StepRun[];
  readonly log: string;
}

/** A line of `act --json`. */
interface Line {
  readonly msg?: string;
  readonly level?: string;
  readonly job?: string;
  readonly jobID?: string;
  readonly matrix?: Readonly<Record<string, unknown>> | null;
  readonly step?: string;
  readonly stepID?: readonly string[];
  readonly stage?: string;
  readonly raw_output?: boolean;
  readonly stepResult?: Result;
  readonly jobResult?: Result;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
}

/** The jobs of a run in order of their first line. */
export function readJobs(output: string): readonly JobRun[] {
  const ofJobs = output
    .split('\n')
    .flatMap(readLine)
    .filter((line) => line.job !== undefined && isTold(line));
  return [...Map.groupBy(ofJobs, jobKey).values()].map(readJob);
}

/** What act says outside of jobs, such as why it could not begin. */
export function readRemarks(output: string): string {
  return output
    .split('\n')
    .flatMap(readLine)
    .filter((line) => line.job === undefined && isTold(line))
    .map(({ msg }) => msg ?? '')
    .join('\n');
}

/** That a job is skipped is said among what is for debugging only. */
const isTold = ({ level, msg = '', jobResult }: Line): boolean =>
  (level !== 'debug' && !msg.startsWith('LocalRepositoryCache')) || jobResult !== undefined;

function readLine(text: string): readonly Line[] {
  if (!text.startsWith('{')) return text.trim() === '' ? [] : [{ msg: text }];
  try {
    return [JSON.parse(text) as Line];
  } catch {
    return [{ msg: text }];
  }
}

const jobKey = ({ job, jobID, matrix }: Line): string => JSON.stringify([job, jobID, matrix]);

function readJob(lines: readonly Line[]): JobRun {
  const [first] = lines;
  const steps = Map.groupBy(
    lines.filter(({ stepID }) => stepID !== undefined),
    ({ stepID, stage }) => `${stepID?.join('/')} ${stage}`,
  );
  return {
    id: first?.jobID ?? '',
    name: first?.job ?? '',
    matrix: first?.matrix ?? {},
    result: lines.findLast(({ jobResult }) => jobResult !== undefined)?.jobResult ?? 'unfinished',
    steps: [...steps.values()].map(readStep),
    log: textOf(lines),
  };
}

function readStep(lines: readonly Line[]): StepRun {
  const outputs = lines.filter(({ command }) => command === 'set-output');
  return {
    name: lines[0]?.step ?? '',
    result: lines.findLast(({ stepResult }) => stepResult !== undefined)?.stepResult ?? 'unfinished',
    outputs: Object.fromEntries(outputs.map(({ name = '', arg = '' }) => [name, arg])),
    log: textOf(lines),
  };
}

const textOf = (lines: readonly Line[]): string => lines.map(({ msg = '' }) => msg.trimEnd()).join('\n');
