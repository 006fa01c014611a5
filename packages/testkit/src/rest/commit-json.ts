import { type CommitDetail, parseCommit } from '../git/history.ts';
import type { RepositoryRecord } from '../state/records.ts';
import { nodeId, type World } from '../state/world.ts';
import { apiAddress, webAddress } from './templates.ts';

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit object of the repository by its full id, or null. */
export async function readCommit(repository: RepositoryRecord, sha: string): Promise<CommitDetail | null> {
  const object = await repository.objects.get(sha);
  return object?.type === 'commit' ? parseCommit(object.oid, object.data.toString()) : null;
}

function parents(world: World, repository: RepositoryRecord, detail: CommitDetail, folder: string) {
  return detail.parents.map((sha) => ({
    sha,
    url: `${apiAddress(world, repository)}/${folder}/${sha}`,
    html_url: `${webAddress(world, repository)}/commit/${sha}`,
  }));
}

/** As `git/commits` shows it. */
export function gitCommitJson(world: World, repository: RepositoryRecord, detail: CommitDetail) {
  const root = apiAddress(world, repository);
  return {
    sha: detail.sha,
    node_id: nodeId('C', detail.sha),
    url: `${root}/git/commits/${detail.sha}`,
    html_url: `${webAddress(world, repository)}/commit/${detail.sha}`,
    author: detail.author,
    committer: detail.committer,
    tree: { sha: detail.tree, url: `${root}/git/trees/${detail.tree}` },
    message: detail.message,
    parents: parents(world, repository, detail, 'git/commits'),
    verification: UNSIGNED,
  };
}

/** As `commits` shows it. */
export function commitJson(world: World, repository: RepositoryRecord, detail: CommitDetail) {
  const root = apiAddress(world, repository);
  return {
    sha: detail.sha,
    node_id: nodeId('C', detail.sha),
    url: `${root}/commits/${detail.sha}`,
    html_url: `${webAddress(world, repository)}/commit/${detail.sha}`,
    comments_url: `${root}/commits/${detail.sha}/comments`,
    commit: {
      url: `${root}/git/commits/${detail.sha}`,
      author: detail.author,
      committer: detail.committer,
      message: detail.message,
      comment_count: 0,
      tree: { sha: detail.tree, url: `${root}/git/trees/${detail.tree}` },
      verification: UNSIGNED,
    },
    author: null,
    committer: null,
    parents: parents(world, repository, detail, 'commits'),
  };
}
