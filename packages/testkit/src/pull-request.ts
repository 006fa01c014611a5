import { conversationView, extend } from './conversation.ts';
import { git } from './git/command.ts';
import { keepPullRequest, recordOf, repositoryOf } from './handles.ts';
import { reopen } from './rest/pulls.ts';
import { headOf } from './state/branches.ts';
import { setLabels } from './state/conversations.ts';
import { mergePull } from './state/merges.ts';
import { addPull, closePull, fetchHead, pullHead, testMerge } from './state/pulls.ts';
import type { PullRecord, RepositoryRecord } from './state/records.ts';
import { account, type World } from './state/world.ts';
import type { PullRequest, PullRequestOptions, Repository } from './types.ts';

/** Where a new head branch starts: at base, whose commits a fork gets first. */
async function startOf(head: RepositoryRecord, base: RepositoryRecord, baseRef: string): Promise<string> {
  const sha = headOf(base, baseRef);
  if (!sha) throw new Error(`Repository ${base.fullName} has no branch ${baseRef} to merge into.`);
  if (head !== base)
    await git(['fetch', '--quiet', '--no-tags', base.directory, sha], { cwd: head.directory });
  return sha;
}

/** Makes sure that the head branch exists and is ahead of base. */
async function prepareHead(
  head: Repository,
  base: RepositoryRecord,
  options: PullRequestOptions,
): Promise<void> {
  const from = await startOf(recordOf(head), base, options.base ?? base.defaultBranch);
  const exists = (await head.branches()).includes(options.head);
  if (exists && !options.files) return;
  const files = options.files ?? { [`changes/${options.head}.md`]: `Work on ${options.head}\n` };
  await head.commit(options.head, files, { message: options.title ?? `Change ${options.head}`, from });
}

/** Opens a pull request; the head branch is made from base when it is missing. */
export async function openPullRequest(
  world: World,
  repository: Repository,
  record: RepositoryRecord,
  options: PullRequestOptions,
): Promise<PullRequest> {
  const headRepository = options.headRepository ?? repository;
  const baseRef = options.base ?? record.defaultBranch;
  await prepareHead(headRepository, record, options);
  const pull = addPull(world, record, {
    title: options.title ?? `Change ${options.head}`,
    body: options.body ?? null,
    headRef: options.head,
    headRepository: recordOf(headRepository),
    baseRef,
    draft: options.draft ?? false,
    author: account(world, options.author ?? 'octocat'),
  });
  setLabels(world, pull, options.labels ?? []);
  await fetchHead(pull);
  return pullRequestOf(world, record, pull.number);
}

async function mergeSha(world: World, pull: PullRecord): Promise<string> {
  const sha = pull.mergeCommit ?? (await testMerge(world, pull));
  if (!sha) throw new Error(`Pull request #${pull.number} conflicts with ${pull.baseRef}.`);
  return sha;
}

/** A handle on a pull request by its number. */
export function pullRequestOf(world: World, repository: RepositoryRecord, number: number): PullRequest {
  const pull = repository.conversations.get(number);
  if (pull?.kind !== 'pull')
    throw new Error(`Repository ${repository.fullName} has no pull request #${number}.`);
  const head = repositoryOf(pull.headRepository);
  const view: PullRequest = extend(conversationView(world, pull), {
    kind: 'pull-request' as const,
    head: pull.headRef,
    get base() {
      return pull.baseRef;
    },
    get draft() {
      return pull.draft;
    },
    get merged() {
      return pull.mergedAt !== null;
    },
    headRepository: head,
    headSha: async () => pullHead(pull),
    mergeSha: () => mergeSha(world, pull),
    async push(files: Parameters<PullRequest['push']>[0], options: Parameters<PullRequest['push']>[1] = {}) {
      const sha = await head.commit(pull.headRef, files, options);
      await fetchHead(pull);
      return sha;
    },
    setDraft: (draft: boolean) => {
      pull.draft = draft;
    },
    merge: () => mergePull(world, pull, account(world, 'octocat')),
    close: async () => closePull(world, pull),
    reopen: async () => reopen(world, pull),
  });
  return keepPullRequest(view, pull);
}
