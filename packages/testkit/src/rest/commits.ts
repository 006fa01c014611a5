import { RestError } from '../http/answer.ts';
import { resolveCommit } from '../state/branches.ts';
import { changedFiles, fileJson } from './changed-files.ts';
import { commitJson, readCommit } from './commit-json.ts';
import { ok, type RestCall, type Routes, reads } from './route.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

async function getCommit(call: RestCall) {
  const ref = call.params.ref ?? '';
  const sha = await resolveCommit(call.repository, ref, call.stale);
  const detail = sha ? await readCommit(call.repository, sha) : null;
  if (!detail) throw new RestError(422, `No commit found for SHA: ${ref}`);
  if (/application\/vnd\.github\.(v3\.)?sha/.test(call.accept)) return ok(Buffer.from(detail.sha));
  const files = await changedFiles(call.repository.directory, detail.parents[0] ?? EMPTY_TREE, detail.sha);
  const additions = files.reduce((sum, one) => sum + one.additions, 0);
  const deletions = files.reduce((sum, one) => sum + one.deletions, 0);
  return ok({
    ...commitJson(call.world, call.repository, detail),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((one) => fileJson(call, detail.sha, one)),
  });
}

export const COMMIT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/commits/{ref}': reads('contents', getCommit),
};
