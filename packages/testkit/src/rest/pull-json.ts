import { git } from '../git/command.ts';
import { fetchHead, pullBase, pullHead, testMerge } from '../state/pulls.ts';
import type { PullRecord, RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { conversationAddress, issueJson } from './conversation-json.ts';
import { apiAddress, repositoryJson, userJson } from './templates.ts';

function sideJson(world: World, repository: RepositoryRecord, ref: string, sha: string) {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: userJson(world, repository.owner),
    repo: repositoryJson(world, repository),
  };
}

function links(world: World, pull: PullRecord) {
  const api = `${apiAddress(world, pull.repository)}/pulls/${pull.number}`;
  const issue = `${apiAddress(world, pull.repository)}/issues/${pull.number}`;
  return {
    self: { href: api },
    html: { href: conversationAddress(world, pull) },
    issue: { href: issue },
    comments: { href: `${issue}/comments` },
    review_comments: { href: `${api}/comments` },
    review_comment: { href: `${apiAddress(world, pull.repository)}/pulls/comments{/number}` },
    commits: { href: `${api}/commits` },
    statuses: { href: `${apiAddress(world, pull.repository)}/statuses/${pullHead(pull)}` },
  };
}

function autoMergeJson(world: World, { autoMerge, title }: PullRecord) {
  if (!autoMerge) return null;
  const enabled_by = userJson(world, autoMerge.by);
  return {
    enabled_by,
    merge_method: autoMerge.method.toLowerCase(),
    commit_title: title,
    commit_message: '',
  };
}

/** As a list of pull requests shows each. */
export function pullSimpleJson(world: World, pull: PullRecord) {
  const { pull_request: addresses, comments: _, ...issue } = issueJson(world, pull);
  const api = `${apiAddress(world, pull.repository)}/pulls/${pull.number}`;
  const head = pullHead(pull);
  return {
    ...issue,
    url: api,
    issue_url: `${apiAddress(world, pull.repository)}/issues/${pull.number}`,
    html_url: conversationAddress(world, pull),
    diff_url: `${conversationAddress(world, pull)}.diff`,
    patch_url: `${conversationAddress(world, pull)}.patch`,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: `${apiAddress(world, pull.repository)}/pulls/comments{/number}`,
    statuses_url: `${apiAddress(world, pull.repository)}/statuses/${head}`,
    merge_commit_sha: pull.mergeCommit,
    merged_at: pull.mergedAt,
    draft: pull.draft,
    requested_reviewers: [],
    requested_teams: [],
    head: sideJson(world, pull.headRepository, pull.headRef, head),
    base: sideJson(world, pull.repository, pull.baseRef, pullBase(pull)),
    _links: links(world, pull),
    auto_merge: autoMergeJson(world, pull),
  };
}

export interface PullNumbers {
  additions: number;
  deletions: number;
  changed_files: number;
  commits: number;
}

async function numbers(pull: PullRecord): Promise<PullNumbers> {
  const range = `${pullBase(pull)}...${await fetchHead(pull)}`;
  const cwd = pull.repository.directory;
  const stat = await git(['diff', '--numstat', range], { cwd });
  const lines = stat
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t').map(Number));
  const commits = await git(['rev-list', '--count', range.replace('...', '..')], { cwd });
  const sum = (column: number) => lines.reduce((total, line) => total + (line[column] || 0), 0);
  return { additions: sum(0), deletions: sum(1), changed_files: lines.length, commits: Number(commits) };
}

/** What only a single pull request's answer and webhooks carry. */
export function pullDetails(world: World, pull: PullRecord, counted: PullNumbers, merge: string | null) {
  return {
    ...counted,
    merge_commit_sha: pull.mergeCommit ?? merge,
    merged: pull.mergedAt !== null,
    mergeable: pull.state === 'open' ? merge !== null : null,
    rebaseable: null,
    mergeable_state: pull.state !== 'open' ? 'unknown' : merge ? 'clean' : 'dirty',
    merged_by: pull.mergedBy ? userJson(world, pull.mergedBy) : null,
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
  };
}

/** As a single pull request is shown; makes the test merge, as GitHub does when it is asked. */
export async function pullJson(world: World, pull: PullRecord) {
  const merge = pull.state === 'open' ? await testMerge(world, pull) : null;
  return { ...pullSimpleJson(world, pull), ...pullDetails(world, pull, await numbers(pull), merge) };
}
