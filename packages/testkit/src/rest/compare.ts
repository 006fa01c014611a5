import { mergeBase } from '../git/history.ts';
import { separateHistories } from '../git/separate-histories.ts';
import { notFound, RestError } from '../http/answer.ts';
import { resolveCommit } from '../state/branches.ts';
import { changedFiles, fileJson } from './changed-files.ts';
import { commitJson, readCommit } from './commit-json.ts';
import { page } from './paging.ts';
import { ok, type RestCall, type Routes, reads } from './route.ts';
import { apiAddress, webAddress } from './templates.ts';

/** As many commits as an answer without pages shows, and files as any shows. */
const MOST_COMMITS = 250;
const MOST_FILES = 300;

async function commitNamed(call: RestCall, name: string) {
  const sha = await resolveCommit(call.repository, name, call.stale);
  const detail = sha ? await readCommit(call.repository, sha) : null;
  if (!detail) throw notFound();
  return detail;
}

function status(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

function addresses(call: RestCall) {
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

function commitsShown(call: RestCall, ahead: readonly string[]) {
  const isPaged = call.query.has('page') || call.query.has('per_page');
  return isPaged ? page(call, ahead) : { items: ahead.slice(-MOST_COMMITS), headers: {} };
}

/** Only the first page has files: https://docs.github.com/rest/commits/commits#compare-two-commits */
async function filesShown(call: RestCall, from: string, to: string) {
  if (Number(call.query.get('page') ?? '1') > 1) return {};
  const files = await changedFiles(call.repository.directory, from, to);
  return { files: files.slice(0, MOST_FILES).map((one) => fileJson(call, to, one)) };
}

async function compare(call: RestCall) {
  const { world, repository } = call;
  const [from = '', to = ''] = (call.params.basehead ?? '').split('...');
  const base = await commitNamed(call, from);
  const head = await commitNamed(call, to);
  const { ahead, behind } = await separateHistories(repository.directory, base.sha, head.sha);
  const common = behind.length === 0 ? base.sha : await mergeBase(repository.directory, base.sha, head.sha);
  const merge = common ? await readCommit(repository, common) : null;
  if (!merge) throw new RestError(404, `No common ancestor between ${from} and ${to}.`);
  const { items, headers } = commitsShown(call, ahead);
  const commits = await Promise.all(items.map((sha) => readCommit(repository, sha)));
  const body = {
    ...addresses(call),
    base_commit: commitJson(world, repository, base),
    merge_base_commit: commitJson(world, repository, merge),
    status: status(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: commits.filter((one) => one !== null).map((one) => commitJson(world, repository, one)),
    ...(await filesShown(call, merge.sha, head.sha)),
  };
  return ok(body, headers);
}

export const COMPARE_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/compare/{basehead}': reads('contents', compare),
};
