import {
  ConfigurationError,
  type InputReader,
  illegal,
  parseDuration,
  type Run,
} from '@gitops-actions/core/action';
import { at } from '@gitops-actions/core/github';
import { type GitOpsTarget, readGitOpsTarget } from '@gitops-actions/core/gitops';
import { credentialsIn } from '@gitops-actions/core/kubernetes';
import { type ControllerTarget, readControllerTarget, readEnginePath } from '@gitops-actions/core/preview';

const ENGINES = ['helm', 'kustomize', 'gitops'] as const;

/** What the workflow asked for. */
export interface Inputs {
  readonly token: string;
  readonly engine: (typeof ENGINES)[number];
  /** Template of the namespace. */
  readonly namespace: string;
  /** Content of a kubeconfig file; empty for the job's own. */
  readonly kubeconfig: string;
  /** Left out: every stale preview. */
  readonly pullRequest: number | undefined;
  readonly target: GitOpsTarget;
  /** Empty for an engine without a GitOps repository. */
  readonly path: string;
  /** Which controller is asked whether a preview is gone; left out: none. */
  readonly controller: ControllerTarget | undefined;
  readonly environment: string;
  /** Seconds; left out: what each preview recorded. */
  readonly ttl: number | undefined;
  /** Seconds before its end that a preview is warned of; 0 for never. */
  readonly warnBefore: number;
  /** Label of a pull request whose previews do not expire; empty for none. */
  readonly keepLabel: string;
  /** Which comment says what becomes of a preview; empty for none. */
  readonly commentId: string;
  /** Pull requests. */
  readonly maxDeletions: number;
  readonly dryRun: boolean;
  /** Milliseconds. */
  readonly deadline: number;
}

/** As comment-pr has it. */
const LONGEST_ID = 100;

/** Reads all inputs, and refuses what does not fit together. */
export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const engine = reader.choice('engine', ENGINES);
  return {
    token: requireToken(token),
    engine,
    namespace: reader.required('namespace'),
    kubeconfig: reader.textWithSecrets('kubeconfig', credentialsIn),
    pullRequest: reader.integer('pull-request', 1) ?? closedPullRequest(run),
    target: readGitOpsTarget(reader, run, token),
    path: readEnginePath(reader, engine === 'gitops'),
    controller: readControllerTarget(reader, engine === 'gitops'),
    environment: reader.required('environment'),
    ttl: readTtl(reader),
    warnBefore: reader.duration('warn-before') / 1000,
    keepLabel: reader.text('keep-label'),
    commentId: readCommentId(reader),
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

function readCommentId(reader: InputReader): string {
  const id = reader.text('comment-id');
  if (id.length <= LONGEST_ID && !/[\r\n]/.test(id)) return id;
  throw illegal('comment-id', id, `one line of at most ${LONGEST_ID} characters`);
}

function readMaxDeletions(reader: InputReader): number {
  const most = reader.integer('max-deletions', 1);
  if (most === undefined) throw illegal('max-deletions', '', 'a whole number from 1');
  return most;
}
