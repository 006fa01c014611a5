import type { CommandFile } from './command-files.ts';
import type { JobContext } from './job-context.ts';
import type { RunActionOptions } from './types.ts';

export interface RunnerFolders {
  home: string;
  temp: string;
  workspace: string;
  eventPath: string;
  actionPath: string;
  files: Record<CommandFile, string>;
}

const SYSTEM: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
const ARCHITECTURE: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64' };

/** Branch or tag name, or `<n>/merge`. */
const refName = (ref: string) => ref.replace(/^refs\/(heads|tags|pull)\//, '');

function repositoryVariables({ github, repository }: RunActionOptions): Record<string, string> {
  return {
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: repository.owner,
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
  };
}

function runVariables(options: RunActionOptions, job: JobContext): Record<string, string> {
  const workflow = options.workflow ?? 'ci';
  const path = options.workflowPath ?? `.github/workflows/${workflow}.yml`;
  return {
    GITHUB_RUN_ID: String(options.runId ?? 1),
    GITHUB_RUN_NUMBER: String(options.runNumber ?? 1),
    GITHUB_RUN_ATTEMPT: String(options.runAttempt ?? 1),
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: `${options.repository.fullName}/${path}@${job.ref}`,
    GITHUB_WORKFLOW_SHA: job.sha,
    GITHUB_JOB: options.job ?? 'job',
    GITHUB_ACTOR: job.actor,
    GITHUB_TRIGGERING_ACTOR: job.actor,
  };
}

function eventVariables(job: JobContext): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_SHA: job.sha,
    GITHUB_REF: job.ref,
    GITHUB_REF_NAME: refName(job.ref),
    GITHUB_REF_TYPE: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_HEAD_REF: job.headRef,
    GITHUB_BASE_REF: job.baseRef,
  };
}

/** What every step of a run sees of GitHub, the run and its event, whatever runner it is on. */
export function jobVariables(options: RunActionOptions, job: JobContext): Record<string, string> {
  return { ...repositoryVariables(options), ...runVariables(options, job), ...eventVariables(job) };
}

/** The whole environment of a step on a hosted runner, with nothing of this machine but PATH. */
export function runnerEnvironment(
  options: RunActionOptions,
  job: JobContext,
  folders: RunnerFolders,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folders.home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ...jobVariables(options, job),
    GITHUB_EVENT_PATH: folders.eventPath,
    GITHUB_ACTION: '__run',
    GITHUB_ACTION_PATH: folders.actionPath,
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_RETENTION_DAYS: '90',
    ...folders.files,
    RUNNER_OS: SYSTEM[process.platform] ?? process.platform,
    RUNNER_ARCH: ARCHITECTURE[process.arch] ?? process.arch,
    RUNNER_NAME: 'loopback',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.temp,
  };
}
