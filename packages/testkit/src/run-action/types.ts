import type { EventPayload } from '../types/event.ts';
import type { GitHub } from '../types/github.ts';
import type { Repository } from '../types/repository.ts';
import type { RequestRecord } from '../types/request.ts';

export interface RunActionOptions {
  github: GitHub;
  repository: Repository;
  /** Default: a push to the default branch. */
  event?: { name: string; payload: EventPayload };
  /** Values as a workflow's `with:` gives them; defaults of action.yml fill the rest. */
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  /** The job's token. Default: `github.token`; an empty string is a job without one. */
  token?: string;
  runNumber?: number;
  runId?: number;
  runAttempt?: number;
  /** GITHUB_SHA. Default: what GitHub takes from the event. */
  sha?: string;
  /** GITHUB_REF, full. Default: what GitHub takes from the event. */
  ref?: string;
  job?: string;
  workflow?: string;
  /** Path of the workflow file, for GITHUB_WORKFLOW_REF. */
  workflowPath?: string;
  /** Login for GITHUB_ACTOR. Default: the event's sender. */
  actor?: string;
  /** GITHUB_WORKSPACE and working directory. Default: an empty temporary folder. */
  workspace?: string;
  /** Cancels as a runner does: SIGINT. */
  signal?: AbortSignal;
  /** Milliseconds after the start. */
  kill?: { after: number; signal?: NodeJS.Signals };
  /** Milliseconds until it is killed and the run rejects. Default 60,000. */
  timeout?: number;
  /** Hears each piece of its standard output as it comes. */
  onStdout?: (piece: string) => void;
  /** A file to run instead of the `main` of action.yml. */
  entry?: string;
}

export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  message: string;
  title?: string;
  file?: string;
  line?: number;
}

export interface ActionRun {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  /** The job summary's Markdown. */
  summary: string;
  annotations: Annotation[];
  masks: string[];
  /** `save-state` entries, GITHUB_ENV entries and GITHUB_PATH lines. */
  state: Record<string, string>;
  environment: Record<string, string>;
  paths: string[];
  /** API requests of this run alone, also when runs overlap: it works with its own copy of each token. */
  requests: RequestRecord[];
  ms: number;
}
