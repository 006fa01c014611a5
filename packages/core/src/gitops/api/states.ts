import { explain } from '../../github/index.ts';
import type { RepositoryFile } from '../repository.ts';
import { type ApiCommit, BATCH, fileOf, readEntries } from './files.ts';
import { type CommitNode, type EntryNode, entriesOf, pathVariables, statesQuery } from './queries.ts';

interface StatesAnswer {
  readonly repository: Readonly<Record<string, CommitNode | null>>;
}

/** Files of several commits, by commit: a hundred contents to a request, all requests at once. */
export async function readStatesOf(
  target: Omit<ApiCommit, 'head'>,
  commits: readonly string[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly RepositoryFile[]>> {
  if (paths.length === 0) return new Map(commits.map((commit) => [commit, []]));
  const size = Math.max(1, Math.floor(BATCH / paths.length));
  const count = Math.ceil(commits.length / size);
  const batches = Array.from({ length: count }, (_, index) =>
    commits.slice(index * size, (index + 1) * size),
  );
  const states = await Promise.all(batches.map((batch) => readBatch(target, batch, paths)));
  return new Map(states.flat());
}

type State = readonly [commit: string, files: readonly RepositoryFile[]];

async function readBatch(
  target: Omit<ApiCommit, 'head'>,
  commits: readonly string[],
  paths: readonly string[],
): Promise<readonly State[]> {
  const entries =
    paths.length > BATCH
      ? await Promise.all(commits.map((head) => readEntries({ ...target, head }, paths)))
      : await entriesAt(target, commits, paths);
  return Promise.all(
    commits.map(async (head, index): Promise<State> => {
      const files = (entries[index] ?? []).filter(({ type }) => type !== 'tree');
      return [head, await Promise.all(files.map((entry) => fileOf({ ...target, head }, entry)))];
    }),
  );
}

async function entriesAt(
  { github, repository, name, signal }: Omit<ApiCommit, 'head'>,
  commits: readonly string[],
  paths: readonly string[],
): Promise<readonly (readonly EntryNode[])[]> {
  const ids = Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit]));
  const variables = { ...repository, ...ids, ...pathVariables(paths), request: { signal } };
  const answer = await github
    .graphql<StatesAnswer>(statesQuery(commits.length, paths.length), variables)
    .catch((error: unknown) => {
      throw explain(error, `read files of ${name}`, 'contents: read');
    });
  return commits.map((_, index) => {
    const commit = answer.repository[`c${index}`];
    return commit ? entriesOf(commit, paths.length) : [];
  });
}
