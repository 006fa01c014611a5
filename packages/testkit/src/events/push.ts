import { gitSync } from '../git/command.ts';
import { readRef } from '../git/refs.ts';
import { NO_COMMIT } from '../git/update-ref.ts';
import { recordOf } from '../handles.ts';
import type { RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { EventOptions, EventPayload } from '../types.ts';
import { commitPayload, firstParent, simpleCommitPayload } from './commit.ts';

/** The full ref of an event: a bare name is a branch. */
export function refOf(record: RepositoryRecord, options: EventOptions): string {
  const name = options.ref ?? record.defaultBranch;
  return name.startsWith('refs/') ? name : `refs/heads/${name}`;
}

/** The commit of an event. */
export function shaOf(record: RepositoryRecord, options: EventOptions): string {
  const ref = refOf(record, options);
  const sha = options.sha ?? readRef(record.directory, ref);
  if (!sha) throw new Error(`Repository ${record.fullName} has no ${ref}: push it first or give a sha.`);
  return sha;
}

/** GitHub lists at most this many commits of a push. */
const MOST_COMMITS = 2048;

function commitsBetween(record: RepositoryRecord, before: string, after: string): string[] {
  if (before === NO_COMMIT) return [after];
  const printed = gitSync(
    ['rev-list', '--reverse', `--max-count=${MOST_COMMITS}`, `${before}..${after}`],
    record.directory,
  );
  return printed.split('\n').filter(Boolean);
}

function isForced(record: RepositoryRecord, before: string, after: string): boolean {
  return (
    before !== NO_COMMIT &&
    gitSync(['rev-list', '--max-count=1', `${after}..${before}`], record.directory) !== ''
  );
}

/** Commits arrived on a branch; `before` defaults to the first parent of the newest. */
export function pushEvent(world: World, options: EventOptions): EventPayload {
  const record = recordOf(options.repository);
  const after = shaOf(record, options);
  const before = options.before ?? firstParent(record, after) ?? NO_COMMIT;
  return {
    ref: refOf(record, options),
    before,
    after,
    created: before === NO_COMMIT,
    deleted: false,
    forced: isForced(record, before, after),
    base_ref: null,
    compare: `${world.url}/${record.fullName}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: commitsBetween(record, before, after).map((sha) => commitPayload(world, record, sha)),
    head_commit: commitPayload(world, record, after),
    pusher: { name: options.sender ?? 'octocat', email: 'octocat@example.com' },
  };
}

/** The temporary branch of a merge queue; give its commit as `sha`, or have the branch in the repository. */
export function mergeGroupEvent(world: World, options: EventOptions): EventPayload {
  const record = recordOf(options.repository);
  const base = `refs/heads/${record.defaultBranch}`;
  const baseSha = readRef(record.directory, base) ?? NO_COMMIT;
  const number = options.pullRequest?.number;
  const queue = `refs/heads/gh-readonly-queue/${record.defaultBranch}/pr-${number ?? 1}-${baseSha}`;
  const ref = options.ref ? refOf(record, options) : queue;
  const sha = options.sha ?? readRef(record.directory, ref) ?? baseSha;
  const group = {
    head_sha: sha,
    head_ref: ref,
    base_sha: baseSha,
    base_ref: base,
    head_commit: simpleCommitPayload(world, record, sha),
  };
  return { action: options.action ?? 'checks_requested', merge_group: group };
}
