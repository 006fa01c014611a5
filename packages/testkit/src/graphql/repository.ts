import { listRefs, readRefAsOf } from '../git/refs.ts';
import { resolveCommit } from '../state/branches.ts';
import { pullsOf } from '../state/pulls.ts';
import type { ConversationRecord, PullRecord, RepositoryRecord } from '../state/records.ts';
import { connection } from './connection.ts';
import { deployments } from './deployments.ts';
import { readGitObject, refSource } from './git-objects.ts';
import { type Args, type Context, type Fields, fault, requireAccess, textOf } from './source.ts';

function ref(repository: RepositoryRecord, args: Args, context: Context) {
  requireAccess(context, repository, 'contents');
  const name = textOf(args.qualifiedName);
  const candidates = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const full of candidates) {
    const oid = readRefAsOf(repository.directory, full, context.stale);
    if (oid) return refSource(repository, full, oid);
  }
  return null;
}

/** Refs by name. A name in `query` is searched by rules that GitHub does not describe, so no test may rely on it. */
function refs(repository: RepositoryRecord, args: Args, context: Context) {
  requireAccess(context, repository, 'contents');
  if (args.query || args.orderBy) throw new Error('testkit: refs(query: or orderBy:) is not implemented');
  const names = listRefs(repository.directory, textOf(args.refPrefix));
  const found = names.flatMap((name) => {
    const oid = readRefAsOf(repository.directory, name, context.stale);
    return oid ? [refSource(repository, name, oid)] : [];
  });
  return connection(args.direction === 'DESC' ? found.reverse() : found, args, {
    name: 'refs',
    key: (one) => one.ref,
  });
}

/** `expression` is a revision or `<revision>:<path>`; names are looked up by ourselves, so that stale reads see them. */
async function object(repository: RepositoryRecord, args: Args, context: Context) {
  requireAccess(context, repository, 'contents');
  if (typeof args.oid === 'string') return readGitObject(repository, args.oid);
  const expression = textOf(args.expression);
  const colon = expression.indexOf(':');
  const revision = colon < 0 ? expression : expression.slice(0, colon);
  const [name = '', suffix = ''] = revision.split(/(?=[\^~])/, 2);
  const commit = await resolveCommit(repository, name || 'HEAD', context.stale);
  if (!commit) return null;
  const path = colon < 0 ? '' : expression.slice(colon);
  // An empty path is the root tree.
  return readGitObject(repository, `${commit}${suffix}${path === ':' ? '^{tree}' : path}`);
}

function numbered(kind: 'pull' | 'issue' | 'either') {
  const name = { pull: 'a PullRequest', issue: 'an Issue', either: 'an issue or pull request' }[kind];
  return (repository: RepositoryRecord, args: Args, context: Context): ConversationRecord => {
    const found = repository.conversations.get(Number(args.number));
    requireAccess(context, repository, found?.kind === 'issue' ? 'issues' : 'pull_requests');
    if (!found || (kind !== 'either' && found.kind !== kind)) {
      throw fault('NOT_FOUND', `Could not resolve to ${name} with the number of ${args.number}.`);
    }
    return found;
  };
}

/** OPEN, CLOSED or MERGED. */
export function pullState(pull: PullRecord): string {
  if (pull.mergedAt) return 'MERGED';
  return pull.state.toUpperCase();
}

function ordered(pulls: PullRecord[], orderBy: unknown): PullRecord[] {
  const { field, direction } = (orderBy ?? { field: 'CREATED_AT', direction: 'ASC' }) as Record<
    string,
    string
  >;
  if (field === 'COMMENTS') throw new Error('testkit: pullRequests(orderBy: COMMENTS) is not implemented');
  const by = field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
  const order = pulls.toSorted((a, b) => a[by].localeCompare(b[by]) || a.number - b.number);
  return direction === 'DESC' ? order.reverse() : order;
}

function pullRequests(repository: RepositoryRecord, args: Args, context: Context) {
  requireAccess(context, repository, 'pull_requests');
  const labels = Array.isArray(args.labels) ? args.labels.map(String) : null;
  const matching = pullsOf(repository).filter(
    (pull) =>
      (!Array.isArray(args.states) || args.states.includes(pullState(pull))) &&
      (!args.headRefName || pull.headRef === args.headRefName) &&
      (!args.baseRefName || pull.baseRef === args.baseRefName) &&
      (!labels || pull.labels.some((one) => labels.includes(one.name))),
  );
  return connection(ordered(matching, args.orderBy), args, {
    name: 'pullRequests',
    key: (pull) => pull.number,
  });
}

export const REPOSITORY_FIELDS: Fields<RepositoryRecord> = {
  id: (one) => one.nodeId,
  databaseId: (one) => one.id,
  name: (one) => one.name,
  nameWithOwner: (one) => one.fullName,
  owner: (one) => one.owner,
  url: (one, _, { world }) => `${world.url}/${one.fullName}`,
  isPrivate: (one) => one.private,
  visibility: (one) => (one.private ? 'PRIVATE' : 'PUBLIC'),
  autoMergeAllowed: (one) => one.allowAutoMerge,
  isArchived: (one) => one.archived,
  isFork: () => false,
  isEmpty: (one) => readRefAsOf(one.directory, `refs/heads/${one.defaultBranch}`, 0) === null,
  viewerPermission: (one, _, { viewer }) =>
    viewer.permissions.contents === 'write' && !one.archived ? 'WRITE' : 'READ',
  createdAt: (one) => one.createdAt,
  pushedAt: (one) => one.pushedAt,
  defaultBranchRef: (one, _, context) =>
    ref(one, { qualifiedName: `refs/heads/${one.defaultBranch}` }, context),
  ref,
  refs,
  object,
  pullRequest: numbered('pull'),
  issue: numbered('issue'),
  issueOrPullRequest: numbered('either'),
  pullRequests,
  deployments,
};
