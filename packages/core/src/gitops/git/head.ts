import { ConfigurationError } from '../../action/index.ts';
import type { GitClient } from './client.ts';

/** Where the fetched head stands in the clone. */
const HEAD = 'refs/gitops/head';

/** A branch of the remote, and how messages call it. */
export interface GitBranch {
  readonly client: GitClient;
  readonly branch: string;
  /** `git.example.com/acme/gitops@main`. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Name of the remote's default branch, in one request.
 *
 * @param repository how messages call it
 */
export async function defaultBranch(
  client: GitClient,
  repository: string,
  signal: AbortSignal,
): Promise<string> {
  const finished = await client.readRemote(['ls-remote', '--quiet', '--symref', 'origin', 'HEAD'], {
    signal,
  });
  if (finished.exitCode !== 0) throw client.explain(finished, `read ${repository}`);
  const text = finished.stdout.toString();
  const [, branch] = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(text) ?? [];
  if (branch !== undefined) return branch;
  throw new ConfigurationError(
    text === ''
      ? `The repository ${repository} has no commits yet; push a first commit.`
      : `The repository ${repository} does not say which branch is its default one; name it in the input "branch".`,
  );
}

/** Refuses what git would not take for a branch: https://git-scm.com/docs/git-check-ref-format */
export async function refuseBranchName(
  client: GitClient,
  branch: string,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode } = await client.run(['check-ref-format', `refs/heads/${branch}`], { signal });
  if (exitCode !== 0)
    throw new ConfigurationError(
      `Input "branch" is ${JSON.stringify(branch)}; it must be a branch name that git accepts.`,
    );
}

/**
 * Fetches the branch's head and gives its commit id. File contents are left out where the server can do that
 * (https://git-scm.com/docs/partial-clone); where it cannot they come along.
 *
 * @param depth how many commits; undefined: everything since what was fetched last
 * @param filter what is left out: file contents, or folders too, so that commits alone come
 */
export async function fetchHead(
  target: GitBranch,
  depth: number | undefined,
  filter: 'blob:none' | 'tree:0' = 'blob:none',
): Promise<string> {
  const { client, branch, name, signal } = target;
  const limit = depth === undefined ? [] : [`--depth=${depth}`];
  const args = [...FETCH, `--filter=${filter}`, ...limit, 'origin', `+refs/heads/${branch}:${HEAD}`];
  let finished = await client.readRemote(args, { signal });
  if (finished.exitCode !== 0 && /mismatched algorithms|server sha256/.test(finished.stderr)) {
    await client.create('sha256', signal);
    finished = await client.readRemote(args, { signal });
  }
  if (finished.exitCode !== 0) throw client.explain(finished, `read ${name}`);
  return (await client.output(['rev-parse', '--verify', `${HEAD}^{commit}`], { signal })).toString().trim();
}

/** Fetches objects by their ids, all at once: git alone would ask for each by itself. */
export async function fetchObjects(
  { client, name, signal }: GitBranch,
  ids: readonly string[],
): Promise<void> {
  const args = [...FETCH, '--filter=blob:none', '--stdin', 'origin'];
  // Ids that were asked for need no common history to be found first.
  const finished = await client.readRemote(['-c', 'fetch.negotiationAlgorithm=noop', ...args], {
    signal,
    input: `${ids.join('\n')}\n`,
  });
  if (finished.exitCode !== 0) throw client.explain(finished, `read files of ${name}`);
}

/**
 * Fetches a commit by its id. Servers of git's protocol 2 give any that a branch has, whichever branch that is.
 *
 * @param depth how many commits; undefined: its whole history
 * @returns false when the server does not have it, or does not give it
 */
export async function fetchCommit(
  { client, name, signal }: GitBranch,
  commit: string,
  depth: number | undefined,
  filter: 'blob:none' | 'tree:0',
): Promise<boolean> {
  const limit = depth === undefined ? [] : [`--depth=${depth}`];
  const args = [...FETCH, `--filter=${filter}`, ...limit, 'origin', commit];
  const finished = await client.readRemote(args, { signal });
  if (finished.exitCode === 0) return true;
  if (/not our ref|unadvertised object|couldn't find remote ref|no such remote ref/i.test(finished.stderr))
    return false;
  throw client.explain(finished, `read commit ${commit} of ${name}`);
}

const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--recurse-submodules=no',
];
