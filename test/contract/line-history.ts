import type { GitOpsRepository, Step } from '@gitops-actions/core/gitops';
import { git, type Repository } from '@gitops-actions/testkit';

const { signal } = new AbortController();

export async function readAll(repository: GitOpsRepository, paths: readonly string[]) {
  const { head } = await repository.read([...paths], signal);
  const pages = repository.steps(head, paths, signal);
  const steps: Step[] = [];
  for (;;) {
    const page = await pages.next();
    if (page.done === true) return { steps, end: page.value };
    steps.push(...page.value);
  }
}

/** The rule as it is told. */
export async function plainSteps(
  { directory }: Repository,
  roots: readonly string[],
): Promise<readonly string[]> {
  const chain = (await git(['rev-list', '--first-parent', 'main'], { cwd: directory })).trim().split('\n');
  const states: string[] = [];
  for (const id of chain)
    states.push(await git(['ls-tree', '-r', '--full-tree', id, '--', ...roots], { cwd: directory }));
  return chain.filter((_, index) => states[index] !== (states[index + 1] ?? ''));
}

export const run = async ({ directory }: Repository, ...args: string[]) =>
  (await git(args, { cwd: directory })).trim();

export async function commitTree(
  remote: Repository,
  tree: string,
  parents: readonly string[],
  message: string,
) {
  const id = await run(remote, 'rev-parse', tree);
  const made = await run(
    remote,
    'commit-tree',
    id,
    ...parents.flatMap((parent) => ['-p', parent]),
    '-m',
    message,
  );
  await run(remote, 'update-ref', 'refs/heads/main', made);
  return made;
}

export async function commitFiles(
  remote: Repository,
  parent: string,
  files: Record<string, string>,
  index: number,
) {
  const branch = `work-${index}`;
  return remote.commit(branch, files, { message: `Commit ${index}`, from: parent });
}

export async function parentOf(remote: Repository, head: string, steps: number): Promise<string> {
  const chain = (await run(remote, 'rev-list', '--first-parent', `--max-count=${steps + 1}`, head)).split(
    '\n',
  );
  return chain.at(-1) ?? head;
}

/** The tree of one commit with a file of another one. */
export async function treeWith(
  remote: Repository,
  base: string,
  from: string,
  path: string,
): Promise<string> {
  const content = await run(remote, 'show', `${from}:${path}`);
  const made = await remote.commit(`tree-${base.slice(0, 7)}`, { [path]: `${content}\n` }, { from: base });
  return `${made}^{tree}`;
}

export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
