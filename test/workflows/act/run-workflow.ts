import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EventName,
  type EventPayload,
  type GitHub,
  type JobContext,
  jobContext,
  jobVariables,
  type Repository,
  type RunActionOptions,
} from '@gitops-actions/testkit';
import { type JobRun, readJobs, readRemarks } from './act-log.ts';
import type { Installation } from './installation.ts';
import { forAct } from './rewrite.ts';
import { nodeFolder, startAct } from './start-act.ts';

/** One run of a workflow of a repository on loopback. */
export interface WorkflowRun {
  /** Name of the file in .github/workflows, and its text. */
  readonly file: string;
  readonly text: string;
  readonly event: { readonly name: EventName; readonly payload: EventPayload };
  readonly runNumber: number;
  readonly runAttempt?: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** The job's token. */
  readonly token: string;
  /** For act and all steps. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

/** What a run stands on. */
export interface Place {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly installation: Installation;
  /** Where the doubles' work is done. */
  readonly doublesUrl: string;
  /** A folder for this run alone. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface Ran {
  readonly jobs: readonly JobRun[];
  /** act's own exit code: 0 when no job failed. */
  readonly exitCode: number | null;
  /** What act said outside of jobs. */
  readonly remarks: string;
}

const FIRST_RUN = Date.UTC(2026, 0, 1);

const RUNNERS = ['ubuntu-latest', 'ubuntu-24.04'];

/** Runs a workflow with act in host mode, with the bundles as they are committed. */
export async function runWorkflow(place: Place, run: WorkflowRun): Promise<Ran> {
  const { folder, installation, doublesUrl } = place;
  const workflow = join(folder, 'repository', '.github', 'workflows', run.file);
  await mkdir(join(folder, 'repository', '.github', 'workflows'), { recursive: true });
  await mkdir(join(folder, 'home'), { recursive: true });
  await writeFile(workflow, forAct(run.text));
  const event = join(folder, 'event.json');
  await writeFile(event, JSON.stringify(run.event.payload));
  const options = optionsOf(place, run);
  const job = await jobContext(options);
  const known = {
    ...recordOf(run, options.runId),
    branch: job.headRef || job.ref.replace('refs/heads/', ''),
  };
  place.repository.addRun({ ...known, sha: job.sha, status: 'in_progress' });
  const files = ['--eventpath', event, '--workflows', workflow];
  const end = await startAct({
    args: [run.event.name, '--json', '--verbose', ...files, ...flags(place, run, options, job)],
    cwd: join(folder, 'repository'),
    env: {
      HOME: join(folder, 'home'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      DOUBLES_URL: doublesUrl,
      ...run.env,
      PATH: [installation.programs, nodeFolder, run.env?.PATH ?? process.env.PATH].join(':'),
    },
    timeout: run.timeout ?? 300_000,
    signal: place.signal,
  });
  const conclusion = end.exitCode === 0 ? 'success' : 'failure';
  place.repository.addRun({ ...known, sha: job.sha, conclusion });
  const jobs = readJobs(end.output);
  if (end.timedOut || jobs.length === 0)
    throw new Error(`act ${end.timedOut ? 'did not end' : 'ran no job'}:\n${end.output}`);
  return { jobs, exitCode: end.exitCode, remarks: readRemarks(end.output) };
}

const optionsOf = ({ github, repository }: Place, run: WorkflowRun) => ({
  ...{ github, repository, event: run.event, runNumber: run.runNumber, runId: 9000 + run.runNumber },
  ...{ runAttempt: run.runAttempt ?? 1, workflowPath: `.github/workflows/${run.file}` },
});

/** What GitHub knows of a run. Runs begin in the order of their numbers, whenever act comes to them. */
const recordOf = ({ file, event, runNumber, runAttempt = 1 }: WorkflowRun, id: number) => ({
  ...{ id, runNumber, runAttempt, event: event.name, path: `.github/workflows/${file}` },
  createdAt: new Date(FIRST_RUN + runNumber * 60_000).toISOString(),
});

function flags(
  { installation }: Place,
  run: WorkflowRun,
  options: RunActionOptions,
  job: JobContext,
): readonly string[] {
  // act's own name for the commit.
  const variables = { ...jobVariables(options, job), SHA_REF: job.sha };
  return [
    ...['--no-skip-checkout', '--no-cache-server', '--concurrent-jobs', '4', '--actor', job.actor],
    ...RUNNERS.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
    ...installation.repositories.flatMap((pair) => ['--local-repository', pair]),
    ...pairs('--env', variables),
    ...pairs('--var', run.variables),
    ...pairs('--secret', { ...run.secrets, GITHUB_TOKEN: run.token }),
  ];
}

const pairs = (flag: string, values: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
