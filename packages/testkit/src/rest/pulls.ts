import { git } from '../git/command.ts';
import { invalid, RestError } from '../http/answer.ts';
import { headOf, isFastForward, resolveCommit } from '../state/branches.ts';
import { addPull, closePull, fetchHead, pullHead, pullsOf } from '../state/pulls.ts';
import type { PullRecord, RepositoryRecord } from '../state/records.ts';
import { timestamp, type World } from '../state/world.ts';
import { flag, pullOf, text } from './find.ts';
import { paged } from './paging.ts';
import { pullJson, pullSimpleJson } from './pull-json.ts';
import { created, ok, type RestCall, type Routes, reads, writes } from './route.ts';

function headLabel(pull: PullRecord): string {
  return `${pull.headRepository.owner.login}:${pull.headRef}`;
}

function sorted(call: RestCall, pulls: PullRecord[]): PullRecord[] {
  const by = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const ascending = (call.query.get('direction') ?? (call.query.has('sort') ? 'asc' : 'desc')) === 'asc';
  const order = pulls.toSorted((a, b) => a[by].localeCompare(b[by]) || a.number - b.number);
  return ascending ? order : order.reverse();
}

function list(call: RestCall) {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const matching = pullsOf(call.repository).filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (!base || pull.baseRef === base) &&
      // Without an owner GitHub ignores the filter.
      (!head?.includes(':') || headLabel(pull).toLowerCase() === head.toLowerCase()),
  );
  return paged(call, sorted(call, matching), (pull) => pullSimpleJson(call.world, pull));
}

function headOfNew(world: World, repository: RepositoryRecord, head: string): [RepositoryRecord, string] {
  const [owner, branch] = head.includes(':') ? head.split(':', 2) : [repository.owner.login, head];
  const fork = [...world.repositories.values()].find(
    (one) => one.owner.login === owner && (one === repository || one.name === repository.name),
  );
  return [fork ?? repository, branch ?? ''];
}

async function create(call: RestCall) {
  const { world, repository, viewer } = call;
  if (viewer?.account.login === 'github-actions[bot]' && !repository.allowActionsPullRequests)
    throw new RestError(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  const [headRepository, headRef] = headOfNew(world, repository, text(call, 'head') ?? '');
  const baseRef = text(call, 'base') ?? '';
  const head = headOf(headRepository, headRef);
  const base = headOf(repository, baseRef);
  if (!head) throw invalid('PullRequest', 'head', 'head is invalid');
  if (!base) throw invalid('PullRequest', 'base', 'base is invalid');
  const same = pullsOf(repository).find(
    (one) =>
      one.state === 'open' &&
      one.baseRef === baseRef &&
      one.headRef === headRef &&
      one.headRepository === headRepository,
  );
  if (same) throw invalid('PullRequest', 'base', `A pull request already exists for ${headLabel(same)}.`);
  if (headRepository === repository && (await isFastForward(repository, head, base))) {
    throw invalid('PullRequest', 'base', `No commits between ${baseRef} and ${headRef}`);
  }
  if (!viewer) throw new RestError(401, 'Requires authentication');
  const fields = {
    title: text(call, 'title') ?? '',
    body: text(call, 'body') ?? null,
    draft: flag(call, 'draft', false),
  };
  const pull = addPull(world, repository, {
    ...fields,
    headRepository,
    headRef,
    baseRef,
    author: viewer.account,
  });
  return created(await pullJson(world, pull));
}

async function update(call: RestCall) {
  const pull = pullOf(call);
  const { title, body, state, base } = call.body;
  if (typeof title === 'string') pull.title = title;
  if (typeof body === 'string') pull.body = body;
  if (typeof base === 'string' && !headOf(call.repository, base))
    throw invalid('PullRequest', 'base', 'base is invalid');
  if (typeof base === 'string') pull.baseRef = base;
  pull.updatedAt = timestamp(call.world);
  if (state === 'closed' && pull.state === 'open') closePull(call.world, pull);
  if (state === 'open' && pull.state === 'closed') reopen(call.world, pull);
  return ok(await pullJson(call.world, pull));
}

/** Opens a closed pull request again; a merged one, or one whose branch is gone, stays closed. */
export function reopen(world: World, pull: PullRecord): void {
  if (pull.mergedAt)
    throw invalid('PullRequest', 'state', 'state cannot be changed. The pull request is merged.');
  if (!headOf(pull.headRepository, pull.headRef)) {
    throw invalid(
      'PullRequest',
      'state',
      `state cannot be changed. The ${pull.headRef} branch has been deleted.`,
    );
  }
  pull.state = 'open';
  pull.closedAt = null;
  pull.updatedAt = timestamp(world);
}

async function contains(pull: PullRecord, sha: string): Promise<boolean> {
  if (pullHead(pull) === sha || pull.mergeCommit === sha) return true;
  const cwd = pull.repository.directory;
  const range = `${pull.lastBase}..${await fetchHead(pull)}`;
  return (await git(['rev-list', range], { cwd })).split('\n').includes(sha);
}

/** Pull requests that hold a commit: open ones by its place between base and head, merged ones by their merge. */
async function ofCommit(call: RestCall) {
  const sha = await resolveCommit(call.repository, call.params.commit_sha ?? '');
  if (!sha) throw new RestError(422, `No commit found for SHA: ${call.params.commit_sha}`);
  const pulls = pullsOf(call.repository);
  const holds = await Promise.all(pulls.map((pull) => contains(pull, sha)));
  return paged(
    call,
    pulls.filter((_, index) => holds[index]),
    (pull) => pullSimpleJson(call.world, pull),
  );
}

export const PULL_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/pulls': reads('pull_requests', list),
  'POST /repos/{owner}/{repo}/pulls': writes('pull_requests', create),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': reads('pull_requests', async (call) =>
    ok(await pullJson(call.world, pullOf(call))),
  ),
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': writes('pull_requests', update),
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': reads('pull_requests', ofCommit),
};
