import type { Run } from '@gitops-actions/core/action';
import {
  explain,
  failureKind,
  fullName,
  type GitHub,
  type RepositoryName,
  readChangedFiles,
  readLastSuccess,
} from '@gitops-actions/core/github';
import type { Service } from '../services.ts';
import type { Source } from '../source.ts';
import { type Base, baseOf, unknownRevision, workflowFile } from './base.ts';
import { type Changes, type Kept, keep, tellsApart } from './verdict.ts';

/** What `keepChanged` needs to know. */
export interface ChangedQuestion {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly run: Run;
  readonly source: Pick<Source, 'sha'>;
  readonly services: readonly Service[];
  /** As `parseSince` gives it. */
  readonly since: string;
  readonly signal: AbortSignal;
}

type Revision = Extract<Base, { kind: 'commit' }>;
type All = Extract<Changes, { kind: 'unknown' }>;

/**
 * Keeps the services that changed, with at most two requests. In doubt all are kept: what cannot be compared, what GitHub
 * does not answer or tells in part only.
 *
 * @throws ConfigurationError when `since` names something that the repository does not have
 */
export async function keepChanged(question: ChangedQuestion): Promise<Kept> {
  const { services, run } = question;
  if (services.length === 0) return keep(services, unknown('info', 'there are no services'));
  if (!tellsApart(services))
    return keep(
      services,
      unknown('notice', 'no service says with "paths" or a "context" which files it is made of'),
    );
  const base = baseOf(run, question.since);
  if (base.kind === 'none') return keep(services, unknown('info', base.why));
  const revision = base.kind === 'commit' ? base : await lastSuccess(question, base);
  return keep(services, revision.kind === 'commit' ? await compare(question, revision) : revision);
}

/** The head of the last run that ended well. */
async function lastSuccess(
  { github, repository, run, signal }: ChangedQuestion,
  { workflow, branch }: Extract<Base, { kind: 'last-success' }>,
): Promise<Revision | All> {
  const runs = `run of ${workflow} on ${branch} that ended well`;
  try {
    const asked = { workflow, branch, event: 'push', except: run.runId };
    const last = await readLastSuccess(github, repository, asked);
    if (last === undefined) return unknown('notice', `there is no earlier ${runs}`);
    const { id, headSha: revision } = last;
    if (revision === undefined) return unknown('notice', `GitHub does not say the commit of run ${id}`);
    return { kind: 'commit', revision, what: `the last ${runs} (${id})`, mayDiverge: false };
  } catch (error) {
    signal.throwIfAborted();
    return failed(error, `look for the last ${runs} in ${fullName(repository)}`, 'actions: read');
  }
}

async function compare(question: ChangedQuestion, base: Revision): Promise<Changes> {
  const { github, repository, run, source, since, signal } = question;
  const { revision, what, mayDiverge } = base;
  try {
    const { status, files } = await readChangedFiles(github, repository, revision, source.sha);
    if (status === 'identical') return { kind: 'known', what, revision, files: [] };
    if (status !== 'ahead' && !(status === 'diverged' && mayDiverge))
      return unknown('notice', `${revision}, ${what}, is not an ancestor of ${source.sha}`);
    if (files === undefined)
      return unknown('notice', `more files differ from ${revision}, ${what}, than GitHub tells`);
    const workflow = workflowFile(run);
    return workflow !== undefined && files.includes(workflow)
      ? unknown('info', `the workflow itself, ${workflow}, changed since ${revision}, ${what}`)
      : { kind: 'known', what, revision, files };
  } catch (error) {
    signal.throwIfAborted();
    if (failureKind(error) === 'not-found') {
      if (revision === since) throw unknownRevision(since, fullName(repository));
      return unknown('notice', `${revision}, ${what}, is gone, or the token may not read it`);
    }
    return failed(
      error,
      `compare ${revision} with ${source.sha} in ${fullName(repository)}`,
      'contents: read',
    );
  }
}

function failed(error: unknown, doing: string, needs: string): All {
  return {
    ...unknown('warning', 'GitHub did not tell what changed'),
    detail: explain(error, doing, needs).message,
  };
}

function unknown(level: All['level'], why: string): All {
  return { kind: 'unknown', level, why };
}
