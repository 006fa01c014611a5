import {
  ConfigurationError,
  type InputReader,
  illegal,
  parseDuration,
  type Run,
} from '@gitops-actions/core/action';
import { at } from '@gitops-actions/core/github';
import { type GitOpsTarget, readGitOpsTarget } from '@gitops-actions/core/gitops';
import { readEnginePath } from '@gitops-actions/core/preview';

/** What the workflow asked for. */
export interface Inputs {
  readonly token: string;
  /** Left out: every stale preview. */
  readonly pullRequest: number | undefined;
  readonly target: GitOpsTarget;
  readonly path: string;
  readonly environment: string;
  /** Seconds; left out: what each preview recorded. */
  readonly ttl: number | undefined;
  /** Pull requests. */
  readonly maxDeletions: number;
  readonly dryRun: boolean;
  /** Milliseconds. */
  readonly deadline: number;
}

/** Reads all inputs, and refuses what does not fit together. */
export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  reader.choice('engine', ['gitops']);
  return {
    token: requireToken(token),
    pullRequest: reader.integer('pull-request', 1) ?? closedPullRequest(run),
    target: readGitOpsTarget(reader, run, token),
    path: readEnginePath(reader),
    environment: reader.required('environment'),
    ttl: readTtl(reader),
    maxDeletions: readMaxDeletions(reader),
    dryRun: reader.flag('dry-run'),
    deadline: reader.duration('deadline'),
  };
}

function requireToken(token: string): string {
  if (token !== '') return token;
  throw new ConfigurationError('Input "token" is empty; leave it out to use the token of the job.');
}

function closedPullRequest({ event }: Run): number | undefined {
  const number = at(event, 'pull_request', 'number');
  return event.action === 'closed' && typeof number === 'number' ? number : undefined;
}

function readTtl(reader: InputReader): number | undefined {
  const text = reader.text('ttl');
  if (text === '') return undefined;
  const ttl = parseDuration(text);
  if (ttl === undefined || ttl < 60_000)
    throw illegal('ttl', text, 'a duration of at least 1m, such as 12h or 7d');
  return ttl / 1000;
}

function readMaxDeletions(reader: InputReader): number {
  const most = reader.integer('max-deletions', 1);
  if (most === undefined) throw illegal('max-deletions', '', 'a whole number from 1');
  return most;
}
