import { listTree, type TreeEntry } from '../git/history.ts';
import { RestError } from '../http/answer.ts';
import { resolveCommit } from '../state/branches.ts';
import { ok, type RestCall, type Routes, reads } from './route.ts';
import { apiAddress, fullRepositoryJson, webAddress } from './templates.ts';

const LARGEST_JSON = 1024 * 1024;

function missing(): RestError {
  return new RestError(404, 'Not Found');
}

async function commitOf(call: RestCall): Promise<string> {
  const ref = call.query.get('ref') ?? call.repository.defaultBranch;
  const sha = await resolveCommit(call.repository, ref, call.stale);
  if (!sha) throw new RestError(404, `No commit found for the ref ${ref}`);
  return sha;
}

function entryJson(call: RestCall, entry: TreeEntry, path: string) {
  const ref = call.query.get('ref') ?? call.repository.defaultBranch;
  const root = apiAddress(call.world, call.repository);
  const folder = entry.type === 'tree';
  const self = `${root}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const web = `${webAddress(call.world, call.repository)}/${folder ? 'tree' : 'blob'}/${ref}/${path}`;
  const gitUrl = `${root}/git/${folder ? 'trees' : 'blobs'}/${entry.oid}`;
  return {
    type: folder ? 'dir' : 'file',
    name: path.split('/').at(-1) ?? path,
    path,
    sha: entry.oid,
    size: entry.size ?? 0,
    url: self,
    git_url: gitUrl,
    html_url: web,
    download_url: folder ? null : `${webAddress(call.world, call.repository)}/raw/${ref}/${path}`,
    _links: { self, git: gitUrl, html: web },
  };
}

async function fileAnswer(call: RestCall, path: string, oid: string, data: Buffer) {
  if (/application\/vnd\.github\.(v3\.)?raw/.test(call.accept)) {
    return ok(data, { 'content-type': 'application/vnd.github.raw; charset=utf-8' });
  }
  const entry = { mode: '100644', type: 'blob' as const, oid, size: data.length, path };
  // Above 1 MB GitHub leaves the content out, https://docs.github.com/en/rest/repos/contents
  const large = data.length > LARGEST_JSON;
  const content = large ? '' : data.toString('base64').replace(/.{1,60}/g, '$&\n');
  return ok({ ...entryJson(call, entry, path), content, encoding: large ? 'none' : 'base64' });
}

async function getContents(call: RestCall) {
  const path = (call.params.path ?? '').replace(/^\/+|\/+$/g, '');
  const commit = await commitOf(call);
  const object = await call.repository.objects.get(path ? `${commit}:${path}` : `${commit}^{tree}`);
  if (object?.type === 'blob') return fileAnswer(call, path, object.oid, object.data);
  if (object?.type !== 'tree') throw missing();
  const entries = await listTree(call.repository.directory, object.oid);
  return ok(entries.map((one) => entryJson(call, one, path ? `${path}/${one.path}` : one.path)));
}

export const CONTENT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}': reads('metadata', (call) =>
    ok(fullRepositoryJson(call.world, call.repository)),
  ),
  'GET /repos/{owner}/{repo}/contents/{path}': reads('contents', getContents),
};
