import { readFileSync } from 'node:fs';
import { ConfigurationError, messageOf } from './configuration-error.ts';
import type { Environment } from './inputs.ts';

/** A webhook payload as the runner stores it. Unknown shape: read it through the functions of `github/`. */
export type EventPayload = Readonly<Record<string, unknown>>;

/**
 * Facts about the workflow run, from the variables that the runner sets.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export interface Run {
  /** `owner/name` of the repository the workflow runs in. */
  readonly repository: string;
  /** Numeric id of that repository: survives a rename. 0 when the runner did not say. */
  readonly repositoryId: number;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly runId: number;
  readonly runNumber: number;
  readonly runAttempt: number;
  /** The commit that triggered the run: on pull requests the merge commit. */
  readonly sha: string;
  /** Full ref, such as `refs/heads/main`. */
  readonly ref: string;
  readonly eventName: string;
  readonly event: EventPayload;
  /** `owner/name/.github/workflows/file.yml@ref`. */
  readonly workflowRef: string;
  /** Address of this run's page. */
  readonly url: string;
  /** Absolute path of the checkout; empty when the runner did not say. */
  readonly workspace: string;
  /** Absolute path of the job's own temporary folder; empty when the runner did not say. */
  readonly temp: string;
}

/**
 * Reads the facts of the run.
 *
 * @throws ConfigurationError when a variable is missing or the event file cannot be read
 */
export function readRun(environment: Environment): Run {
  const repository = variable(environment, 'GITHUB_REPOSITORY');
  const serverUrl = environment.GITHUB_SERVER_URL || 'https://github.com';
  const runId = number(environment, 'GITHUB_RUN_ID');
  return {
    repository,
    repositoryId: Number(environment.GITHUB_REPOSITORY_ID ?? 0),
    serverUrl,
    apiUrl: environment.GITHUB_API_URL || 'https://api.github.com',
    graphqlUrl: environment.GITHUB_GRAPHQL_URL || 'https://api.github.com/graphql',
    runId,
    runNumber: number(environment, 'GITHUB_RUN_NUMBER'),
    runAttempt: number(environment, 'GITHUB_RUN_ATTEMPT'),
    sha: variable(environment, 'GITHUB_SHA'),
    ref: environment.GITHUB_REF ?? '',
    eventName: variable(environment, 'GITHUB_EVENT_NAME'),
    event: readEvent(environment.GITHUB_EVENT_PATH),
    workflowRef: environment.GITHUB_WORKFLOW_REF ?? '',
    url: `${serverUrl}/${repository}/actions/runs/${runId}`,
    workspace: environment.GITHUB_WORKSPACE ?? '',
    temp: environment.RUNNER_TEMP ?? '',
  };
}

function variable(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value)
    throw new ConfigurationError(`The variable ${name} is not set; run this action in a GitHub Actions job.`);
  return value;
}

function number(environment: Environment, name: string): number {
  const value = variable(environment, name);
  if (!/^\d{1,15}$/.test(value))
    throw new ConfigurationError(`The variable ${name} is "${value}"; it must be a whole number.`);
  return Number(value);
}

function readEvent(path: string | undefined): EventPayload {
  if (!path) return {};
  try {
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
      return payload as EventPayload;
    throw new TypeError('it is not a JSON object');
  } catch (error) {
    throw new ConfigurationError(
      `The event file ${path} cannot be read (${messageOf(error)}); it is written by the runner, so re-run the job.`,
    );
  }
}
