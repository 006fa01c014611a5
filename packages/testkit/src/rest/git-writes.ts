import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../git/command.ts';
import { listTree } from '../git/history.ts';
import { RestError } from '../http/answer.ts';
import { gitCommitJson, readCommit } from './commit-json.ts';
import { text } from './find.ts';
import { created, type RestCall, type Routes, writes } from './route.ts';
import { apiAddress } from './templates.ts';

interface NewEntry {
  path: string;
  mode?: string;
  sha?: string | null;
  content?: string;
}

/** The OpenAPI check has seen to the fields' types; a missing path is GitHub's own 422. */
function newEntries(call: RestCall): NewEntry[] {
  const entries = Array.isArray(call.body.tree) ? (call.body.tree as NewEntry[]) : [];
  if (entries.some((one) => !one.path || /^\/|\/$|\/\/|(^|\/)\.{1,2}(\/|$)/.test(one.path))) {
    throw new RestError(422, 'tree.path contains a malformed path component');
  }
  return entries;
}

async function indexLine(call: RestCall, entry: NewEntry): Promise<string> {
  if (entry.sha === null) return `0 ${'0'.repeat(40)}\t${entry.path}\0`;
  const cwd = call.repository.directory;
  const sha =
    entry.sha ?? (await git(['hash-object', '-w', '--stdin'], { cwd, input: entry.content ?? '' })).trim();
  if (!(await call.repository.objects.get(sha)))
    throw new RestError(422, `tree.sha ${sha} is not a valid blob`);
  return `${entry.mode ?? '100644'} ${sha}\t${entry.path}\0`;
}

/** Builds a tree in an index of its own, on top of another tree if one is named. */
async function createTree(call: RestCall) {
  const cwd = call.repository.directory;
  const entries = newEntries(call);
  const index = join(cwd, `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    const base = text(call, 'base_tree');
    if (base) await git(['read-tree', base], { cwd, env });
    const lines = await Promise.all(entries.map((entry) => indexLine(call, entry)));
    await git(['update-index', '-z', '--index-info'], { cwd, env, input: lines.join('') });
    const sha = (await git(['write-tree'], { cwd, env })).trim();
    return created(await treeJson(call, sha));
  } finally {
    await rm(index, { force: true });
  }
}

async function treeJson(call: RestCall, sha: string) {
  const root = `${apiAddress(call.world, call.repository)}/git`;
  const entries = await listTree(call.repository.directory, sha);
  const tree = entries.map(({ path, mode, type, oid, size }) => ({
    path,
    mode,
    type,
    sha: oid,
    url: `${root}/${type}s/${oid}`,
    ...(size !== null && { size }),
  }));
  return { sha, url: `${root}/trees/${sha}`, tree, truncated: false };
}

function identity(call: RestCall, role: 'AUTHOR' | 'COMMITTER'): Record<string, string> {
  const given = call.body[role.toLowerCase()] ?? call.body.author;
  const person = (given ?? {}) as { name?: string; email?: string; date?: string };
  const login = call.viewer?.account.login ?? 'ghost';
  const now = call.world.now().toISOString();
  return {
    [`GIT_${role}_NAME`]: person.name ?? login,
    [`GIT_${role}_EMAIL`]: person.email ?? `${login}@users.noreply.github.com`,
    [`GIT_${role}_DATE`]: person.date ?? now,
  };
}

async function createCommit(call: RestCall) {
  const tree = text(call, 'tree') ?? '';
  const parents = Array.isArray(call.body.parents) ? call.body.parents.map(String) : [];
  for (const sha of [tree, ...parents]) {
    const known = /^[0-9a-f]{40}$/.test(sha) && (await call.repository.objects.get(sha));
    if (!known) throw new RestError(422, `Object ${sha} does not exist`);
  }
  const args = ['commit-tree', tree, ...parents.flatMap((sha) => ['-p', sha]), '-F', '-'];
  const env = { ...identity(call, 'AUTHOR'), ...identity(call, 'COMMITTER') };
  const input = text(call, 'message') ?? '';
  const sha = (await git(args, { cwd: call.repository.directory, env, input })).trim();
  const detail = await readCommit(call.repository, sha);
  if (!detail) throw new Error(`commit ${sha} was written but cannot be read`);
  return created(gitCommitJson(call.world, call.repository, detail));
}

export const GIT_WRITE_ROUTES: Routes = {
  'POST /repos/{owner}/{repo}/git/trees': writes('contents', createTree),
  'POST /repos/{owner}/{repo}/git/commits': writes('contents', createCommit),
};
