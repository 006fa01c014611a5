import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBareRepository } from '../git/bare-repository.ts';
import { openObjectReader } from '../git/objects.ts';
import type { RepositoryOptions, RunOptions } from '../types.ts';
import { commitToBranch, NO_COMMIT } from './branches.ts';
import type { RepositoryRecord, RunRecord } from './records.ts';
import { account, findRepository, nextId, nodeId, timestamp, type World } from './world.ts';

function splitName(fullName: string): [string, string] {
  const match = /^([A-Za-z0-9][A-Za-z0-9-]*)\/([A-Za-z0-9._-]+)$/.exec(fullName);
  if (!match) throw new Error(`"${fullName}" is not a repository's full name: write owner/name.`);
  return [match[1] ?? '', match[2] ?? ''];
}

function newRecord(world: World, fullName: string, options: RepositoryOptions): RepositoryRecord {
  const [owner, name] = splitName(fullName);
  const id = nextId(world);
  const at = timestamp(world);
  const directory = join(world.directory, owner.toLowerCase(), `${name.toLowerCase()}.git`);
  return {
    kind: 'repository',
    id,
    nodeId: nodeId('R', id),
    owner: account(world, owner, 'Organization'),
    name,
    fullName,
    private: options.private ?? false,
    defaultBranch: options.defaultBranch ?? 'main',
    directory,
    createdAt: at,
    objects: openObjectReader(directory),
    archived: options.archived ?? false,
    pushedAt: at,
    nextNumber: 1,
    conversations: new Map(),
    deployments: [],
    labels: new Map(),
    runs: [],
    workflows: new Map(),
    protectedBranches: new Set(),
    reviewedBranches: new Set(),
    allowAutoMerge: options.allowAutoMerge ?? false,
    allowActionsPullRequests: options.allowActionsPullRequests ?? true,
    mergeMethods: new Set(options.mergeMethods ?? ['merge', 'squash', 'rebase']),
    lastChange: Promise.resolve(),
  };
}

/** Makes the bare repository on disk and its first commit. */
export async function addRepository(
  world: World,
  fullName: string,
  options: RepositoryOptions,
): Promise<RepositoryRecord> {
  if (findRepository(world, fullName)) throw new Error(`Repository ${fullName} exists already.`);
  const record = newRecord(world, fullName, options);
  world.repositories.set(fullName.toLowerCase(), record);
  world.nodes.set(record.nodeId, record);
  await createBareRepository(record.directory, record.defaultBranch);
  const files = options.files ?? { 'README.md': `# ${record.name}\n` };
  if (Object.keys(files).length === 0) return record;
  const author = { name: 'Octo Cat', email: 'octocat@example.com' };
  await commitToBranch(world, record, record.defaultBranch, {
    expected: NO_COMMIT,
    parent: null,
    files,
    message: 'Initial commit\n',
    author,
    committer: author,
  });
  return record;
}

/** Protects a branch against pushes too: a hook of the repository reads the list. */
export function protectBranch(repository: RepositoryRecord, branch: string): void {
  repository.protectedBranches.add(branch);
  const refs = [...repository.protectedBranches].map((name) => `refs/heads/${name}\n`).join('');
  writeFileSync(join(repository.directory, 'protected-branches'), refs);
}

function workflowId(world: World, repository: RepositoryRecord, path: string): number {
  const id = repository.workflows.get(path) ?? nextId(world);
  repository.workflows.set(path, id);
  return id;
}

/** Records a workflow run for the `actions` API. */
export function addRun(world: World, repository: RepositoryRecord, head: string, run: RunOptions): RunRecord {
  const path = run.path ?? '.github/workflows/ci.yml';
  const status = run.status ?? 'completed';
  const made: RunRecord = {
    id: run.id ?? nextId(world),
    runNumber: run.runNumber ?? repository.runs.filter((one) => one.path === path).length + 1,
    runAttempt: run.runAttempt ?? 1,
    path,
    name: run.name ?? path.replace(/^.*\/|\.ya?ml$/g, ''),
    event: run.event ?? 'push',
    branch: run.branch ?? repository.defaultBranch,
    sha: run.sha ?? head,
    status,
    conclusion: run.conclusion ?? (status === 'completed' ? 'success' : null),
    createdAt: run.createdAt ?? timestamp(world),
    workflowId: workflowId(world, repository, path),
    repository,
  };
  // The same run again has moved on.
  const at = repository.runs.findIndex((one) => one.id === made.id);
  repository.runs.splice(at < 0 ? repository.runs.length : at, 1, made);
  return made;
}
