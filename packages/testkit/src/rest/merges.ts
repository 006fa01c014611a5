import { isAncestor } from '../git/history.ts';
import { notFound, RestError } from '../http/answer.ts';
import { headOf, inTurn, moveRef, resolveCommit } from '../state/branches.ts';
import { type MergeMethod, mergePull, mergeState } from '../state/merges.ts';
import { mergeCommits, pullHead } from '../state/pulls.ts';
import { commitJson, readCommit } from './commit-json.ts';
import { pullOf, text } from './find.ts';
import { refuseProtected } from './git-data.ts';
import { created, noContent, ok, type RestCall, type Routes, writes } from './route.ts';

async function mergeBranch(call: RestCall) {
  const { world, repository } = call;
  const branch = text(call, 'base') ?? '';
  const ref = `refs/heads/${branch}`;
  const head = await resolveCommit(repository, text(call, 'head') ?? '');
  if (!head) throw notFound();
  refuseProtected(call, ref);
  const merged = await inTurn(repository, async () => {
    const from = headOf(repository, branch);
    if (!from) throw notFound();
    if (await isAncestor(repository.directory, head, from)) return null;
    const message = text(call, 'commit_message') ?? `Merge ${text(call, 'head')} into ${branch}`;
    const to = await mergeCommits(world, repository.directory, [from, head], message);
    if (!to || !(await moveRef(world, repository, { ref, from, to })))
      throw new RestError(409, 'Merge conflict');
    return to;
  });
  const detail = merged === null ? null : await readCommit(repository, merged);
  return detail ? created(commitJson(world, repository, detail)) : noContent();
}

function methodOf(call: RestCall): MergeMethod {
  const method = text(call, 'merge_method') ?? 'merge';
  if (method !== 'merge' && method !== 'squash') throw new Error(`merge_method ${method} is not implemented`);
  if (!call.repository.mergeMethods.has(method))
    throw new RestError(
      405,
      `${method === 'merge' ? 'Merge commits' : 'Squash merges'} are not allowed on this repository.`,
    );
  return method;
}

async function mergePullRequest(call: RestCall) {
  const pull = pullOf(call);
  if (!call.viewer) throw new RestError(401, 'Requires authentication');
  const expected = text(call, 'sha');
  if (expected && expected !== pullHead(pull))
    throw new RestError(409, 'Head branch was modified. Review and try the merge again.');
  const method = methodOf(call);
  const state = await mergeState(pull);
  if (state === 'BLOCKED')
    throw new RestError(405, 'At least 1 approving review is required by reviewers with write access.');
  if (state !== 'CLEAN') throw new RestError(405, 'Pull Request is not mergeable');
  const sha = await mergePull(call.world, pull, call.viewer.account, method);
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

export const MERGE_ROUTES: Routes = {
  'POST /repos/{owner}/{repo}/merges': writes('contents', mergeBranch),
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': writes('contents', mergePullRequest),
};
