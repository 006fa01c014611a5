import { git } from '../git/command.ts';
import { mergeBase } from '../git/history.ts';
import { notFound, RestError } from '../http/answer.ts';
import { resolveCommit } from '../state/branches.ts';
import { commitJson, readCommit } from './commit-json.ts';
import { page } from './paging.ts';
import { ok, type RestCall, type Routes, reads } from './route.ts';
import { apiAddress, webAddress } from './templates.ts';

const STATUS: Record<string, string> = {
  A: 'added',
  M: 'modified',
  D: 'removed',
  R: 'renamed',
  T: 'changed',
};

interface FileChange {
  status: string;
  sha: string;
  filename: string;
  additions: number;
  deletions: number;
}

/** Files that differ between two commits, with their line counts. */
async function changedFiles(directory: string, from: string, to: string): Promise<FileChange[]> {
  const cwd = directory;
  const raw = await git(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to], { cwd });
  const counts = await git(['diff-tree', '-r', '-z', '--numstat', '--no-renames', from, to], { cwd });
  const lines = new Map(
    counts
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [added = '', deleted = '', name = ''] = line.split('\t');
        return [name, { additions: Number(added) || 0, deletions: Number(deleted) || 0 }] as const;
      }),
  );
  const parts = raw.split('\0').filter(Boolean);
  return parts.flatMap((meta, index) => {
    if (index % 2 === 1) return [];
    const [, , , sha = '', letter = ''] = meta.split(' ');
    const filename = parts[index + 1] ?? '';
    const count = lines.get(filename) ?? { additions: 0, deletions: 0 };
    return [{ status: STATUS[letter[0] ?? ''] ?? 'changed', sha, filename, ...count }];
  });
}

function fileJson(call: RestCall, commit: string, file: FileChange) {
  const web = webAddress(call.world, call.repository);
  return {
    ...file,
    changes: file.additions + file.deletions,
    blob_url: `${web}/blob/${commit}/${file.filename}`,
    raw_url: `${web}/raw/${commit}/${file.filename}`,
    contents_url: `${apiAddress(call.world, call.repository)}/contents/${file.filename}?ref=${commit}`,
  };
}

async function commitOr(call: RestCall, name: string, fault: () => RestError) {
  const sha = await resolveCommit(call.repository, name, call.stale);
  const detail = sha ? await readCommit(call.repository, sha) : null;
  if (!detail) throw fault();
  return detail;
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

async function getCommit(call: RestCall) {
  const ref = call.params.ref ?? '';
  const detail = await commitOr(call, ref, () => new RestError(422, `No commit found for SHA: ${ref}`));
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

function status(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

function compareAddresses(call: RestCall) {
  const name = call.params.basehead ?? '';
  const web = `${webAddress(call.world, call.repository)}/compare/${name}`;
  return {
    url: `${apiAddress(call.world, call.repository)}/compare/${name}`,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
  };
}

async function revisions(directory: string, range: string): Promise<string[]> {
  return (await git(['rev-list', '--reverse', range], { cwd: directory })).split('\n').filter(Boolean);
}

async function compare(call: RestCall) {
  const { world, repository } = call;
  const [from = '', to = ''] = (call.params.basehead ?? '').split('...');
  const base = await commitOr(call, from, notFound);
  const head = await commitOr(call, to, notFound);
  const common = await mergeBase(repository.directory, base.sha, head.sha);
  const merge = common ? await readCommit(repository, common) : null;
  if (!merge) throw new RestError(404, `No common ancestor between ${from} and ${to}.`);
  const ahead = await revisions(repository.directory, `${base.sha}..${head.sha}`);
  const behind = await revisions(repository.directory, `${head.sha}..${base.sha}`);
  const shown =
    call.query.has('page') || call.query.has('per_page') ? page(call, ahead).items : ahead.slice(-250);
  const details = await Promise.all(shown.map((sha) => readCommit(repository, sha)));
  const files = await changedFiles(repository.directory, merge.sha, head.sha);
  return ok({
    ...compareAddresses(call),
    base_commit: commitJson(world, repository, base),
    merge_base_commit: commitJson(world, repository, merge),
    status: status(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: details.filter((one) => one !== null).map((one) => commitJson(world, repository, one)),
    files: files.slice(0, 300).map((one) => fileJson(call, head.sha, one)),
  });
}

export const COMMIT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/commits/{ref}': reads('contents', getCommit),
  'GET /repos/{owner}/{repo}/compare/{basehead}': reads('contents', compare),
};
