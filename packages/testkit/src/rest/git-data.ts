import { git, gitResult } from '../git/command.ts';
import { listTree } from '../git/history.ts';
import { readRef } from '../git/refs.ts';
import { notFound, RestError } from '../http/answer.ts';
import { inTurn, isFastForward, moveRef, NO_COMMIT, resolveCommit } from '../state/branches.ts';
import { nodeId } from '../state/world.ts';
import { gitCommitJson, readCommit } from './commit-json.ts';
import { flag, text } from './find.ts';
import { created, noContent, ok, type RestCall, type Routes, reads, writes } from './route.ts';
import { apiAddress } from './templates.ts';

async function refJson(call: RestCall, ref: string, sha: string) {
  const object = await call.repository.objects.get(sha);
  const root = `${apiAddress(call.world, call.repository)}/git`;
  const type = object?.type ?? 'commit';
  return {
    ref,
    node_id: nodeId('REF', `${call.repository.id}:${ref}`),
    url: `${root}/${ref}`,
    object: { type, sha, url: `${root}/${type}s/${sha}` },
  };
}

const fullRef = (call: RestCall) => `refs/${(call.params.ref ?? '').replace(/^refs\//, '')}`;

async function getRef(call: RestCall) {
  const ref = fullRef(call);
  const branch = /^refs\/heads\/(.*)$/.exec(ref)?.[1];
  const sha =
    branch && call.stale > 0
      ? await resolveCommit(call.repository, branch, call.stale)
      : readRef(call.repository.directory, ref);
  if (!sha) throw notFound();
  return ok(await refJson(call, ref, sha));
}

/** GitHub's answer to a change of a branch that only pull requests may change. */
export function refuseProtected(call: RestCall, ref: string): void {
  if (!call.repository.protectedBranches.has(ref.replace('refs/heads/', ''))) return;
  throw new RestError(
    422,
    'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
  );
}

async function createRef(call: RestCall) {
  const ref = text(call, 'ref') ?? '';
  const sha = text(call, 'sha') ?? '';
  const valid = await gitResult(['check-ref-format', ref]);
  if (valid.code !== 0 || !ref.startsWith('refs/'))
    throw new RestError(422, `${ref} is not a valid ref name.`);
  if (!(await call.repository.objects.get(sha))) throw new RestError(422, 'Object does not exist');
  const made = await inTurn(call.repository, () =>
    moveRef(call.world, call.repository, { ref, from: NO_COMMIT, to: sha }),
  );
  if (!made) throw new RestError(422, 'Reference already exists');
  return created(await refJson(call, ref, sha));
}

async function moveTo(call: RestCall, ref: string, to: string): Promise<void> {
  const from = readRef(call.repository.directory, ref);
  if (!from) throw new RestError(422, 'Reference does not exist');
  refuseProtected(call, ref);
  if (to !== NO_COMMIT && !flag(call, 'force', false) && !(await isFastForward(call.repository, from, to))) {
    throw new RestError(422, 'Update is not a fast forward');
  }
  const moved = await moveRef(call.world, call.repository, { ref, from, to });
  if (!moved) throw new RestError(422, 'Reference cannot be updated');
}

async function updateRef(call: RestCall) {
  const to = text(call, 'sha') ?? '';
  if (!(await call.repository.objects.get(to))) throw new RestError(422, 'Object does not exist');
  await inTurn(call.repository, () => moveTo(call, fullRef(call), to));
  return ok(await refJson(call, fullRef(call), to));
}

async function deleteRef(call: RestCall) {
  await inTurn(call.repository, () => moveTo(call, fullRef(call), NO_COMMIT));
  return noContent();
}

async function getTree(call: RestCall) {
  const name = call.params.tree_sha ?? '';
  const treeish = (await resolveCommit(call.repository, name, call.stale)) ?? name;
  const tree = /^[0-9a-f]{40}$/.test(treeish) ? await call.repository.objects.get(`${treeish}^{tree}`) : null;
  if (!tree) throw notFound();
  const root = `${apiAddress(call.world, call.repository)}/git`;
  const entries = await listTree(call.repository.directory, tree.oid, call.query.has('recursive'));
  const json = entries.map(({ path, mode, type, oid, size }) => ({
    path,
    mode,
    type,
    sha: oid,
    url: `${root}/${type}s/${oid}`,
    ...(size !== null && { size }),
  }));
  return ok({ sha: tree.oid, url: `${root}/trees/${tree.oid}`, tree: json, truncated: false });
}

async function getBlob(call: RestCall) {
  const sha = call.params.file_sha ?? '';
  const blob = /^[0-9a-f]{40}$/.test(sha) ? await call.repository.objects.get(sha) : null;
  if (blob?.type !== 'blob') throw notFound();
  if (/application\/vnd\.github\.raw/.test(call.accept)) {
    return ok(blob.data, { 'content-type': 'application/vnd.github.raw; charset=utf-8' });
  }
  const url = `${apiAddress(call.world, call.repository)}/git/blobs/${sha}`;
  // GitHub breaks the text into lines of 60 characters.
  const content = blob.data.toString('base64').replace(/.{1,60}/g, '$&\n');
  return ok({ sha, node_id: nodeId('B', sha), size: blob.data.length, url, content, encoding: 'base64' });
}

async function createBlob(call: RestCall) {
  const encoding = text(call, 'encoding') === 'base64' ? 'base64' : 'utf8';
  const input = Buffer.from(text(call, 'content') ?? '', encoding);
  const cwd = call.repository.directory;
  const sha = (await git(['hash-object', '-w', '--stdin'], { cwd, input })).trim();
  return created({ sha, url: `${apiAddress(call.world, call.repository)}/git/blobs/${sha}` });
}

async function getCommit(call: RestCall) {
  const detail = await readCommit(call.repository, call.params.commit_sha ?? '');
  if (!detail) throw notFound();
  return ok(gitCommitJson(call.world, call.repository, detail));
}

export const GIT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/git/ref/{ref}': reads('contents', getRef),
  'POST /repos/{owner}/{repo}/git/refs': writes('contents', createRef),
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': writes('contents', updateRef),
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': writes('contents', deleteRef),
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': reads('contents', getTree),
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': reads('contents', getBlob),
  'POST /repos/{owner}/{repo}/git/blobs': writes('contents', createBlob),
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': reads('contents', getCommit),
};
