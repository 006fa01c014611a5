import { commitToBranch, headOf, inTurn } from '../state/branches.ts';
import type { RepositoryRecord } from '../state/records.ts';
import { findRepository } from '../state/world.ts';
import type { FileChanges } from '../types.ts';
import { readGitObject, refSource } from './git-objects.ts';
import { type Args, type Context, fault, inputOf, plain, requireAccess, textOf } from './source.ts';

const BY_GITHUB = { name: 'GitHub', email: 'noreply@github.com' };

/** Takes a ref's node id apart. */
export function repositoryOfRef(
  id: unknown,
  { world }: Context,
): { repository: RepositoryRecord; ref: string } {
  const [, encoded = ''] = /^REF_(.+)$/.exec(textOf(id)) ?? [];
  const [number = '', ref = ''] = Buffer.from(encoded, 'base64url').toString().split(/:(.*)/s, 2);
  const repository = [...world.repositories.values()].find((one) => String(one.id) === number);
  if (!repository)
    throw fault('NOT_FOUND', `Could not resolve to a node with the global id of '${textOf(id)}'`);
  return { repository, ref };
}

function branchOf(given: Args, context: Context): { repository: RepositoryRecord; branch: string } {
  if (given.id) {
    const { repository, ref } = repositoryOfRef(given.id, context);
    return { repository, branch: ref.replace('refs/heads/', '') };
  }
  const name = textOf(given.repositoryNameWithOwner);
  const repository = findRepository(context.world, name);
  if (!repository) throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
  return { repository, branch: textOf(given.branchName).replace(/^refs\/heads\//, '') };
}

function fileChanges(given: unknown): FileChanges {
  const { additions = [], deletions = [] } = (given ?? {}) as {
    additions?: { path: string; contents: string }[];
    deletions?: { path: string }[];
  };
  const removed = deletions.map(({ path }) => [path, null] as const);
  const written = additions.map(({ path, contents }) => [path, Buffer.from(contents, 'base64')] as const);
  return Object.fromEntries([...removed, ...written]);
}

function messageOf(given: unknown): string {
  const { headline, body } = given as { headline: string; body?: string | null };
  return body ? `${headline}\n\n${body}\n` : `${headline}\n`;
}

function staleData(actual: string) {
  // Two spaces, as GitHub writes it.
  return fault('STALE_DATA', `Expected branch to point to "${actual}" but it did not.  Pull and try again.`);
}

async function requirePaths(repository: RepositoryRecord, head: string, files: FileChanges): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    if (path === '' || /^\/|(^|\/)\.{1,2}(\/|$)|(^|\/)\.git(\/|$)|\/\/|\/$|\0/.test(path)) {
      throw fault(
        'UNPROCESSABLE',
        `A path was requested for addition or deletion which is not valid: ${path}`,
      );
    }
    if (content === null && !(await repository.objects.get(`${head}:${path}`))) {
      throw fault(
        'UNPROCESSABLE',
        `A path was requested for deletion which does not exist as of commit oid \`${head}\``,
      );
    }
  }
}

function author({ viewer }: Context) {
  const { login, id } = viewer.account;
  return { name: login, email: `${id}+${login}@users.noreply.github.com` };
}

async function commitNow(
  input: Args,
  context: Context,
  repository: RepositoryRecord,
  branch: string,
): Promise<string> {
  const head = headOf(repository, branch);
  if (!head) throw fault('NOT_FOUND', `Could not resolve to a Branch with the name '${branch}'.`);
  if (head !== input.expectedHeadOid) throw staleData(head);
  const files = fileChanges(input.fileChanges);
  await requirePaths(repository, head, files);
  const sha = await commitToBranch(context.world, repository, branch, {
    expected: head,
    parent: head,
    files,
    message: messageOf(input.message),
    author: author(context),
    committer: BY_GITHUB,
  });
  // A push of git came in between.
  if (!sha) throw staleData(headOf(repository, branch) ?? head);
  return sha;
}

/** https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch */
export async function createCommitOnBranch(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const { repository, branch } = branchOf(input.branch as Args, context);
  requireAccess(context, repository, 'contents', 'write');
  if (repository.protectedBranches.has(branch)) {
    throw fault(
      'UNPROCESSABLE',
      'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
    );
  }
  const sha = await inTurn(repository, () => commitNow(input, context, repository, branch));
  const commit = await readGitObject(repository, sha);
  return plain({ commit, ref: refSource(repository, `refs/heads/${branch}`, sha) });
}
