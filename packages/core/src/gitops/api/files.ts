import { ConfigurationError } from '../../action/index.ts';
import { explain, type GitHub, type RepositoryName } from '../../github/index.ts';
import { fileMode, isBlob } from '../git-blob.ts';
import type { FileChange, RepositoryFile } from '../repository.ts';
import { type EntryNode, entriesOf, type FilesAnswer, filesQuery, pathVariables } from './queries.ts';

/** A commit of a repository, and how messages call it. */
export interface ApiCommit {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Commit id. */
  readonly head: string;
  /** `acme/gitops@main`. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** How many files one query asks for. */
export const BATCH = 100;

/** Entries of a commit by path, 100 to a request, all requests at once; a path that does not exist is left out. */
export async function readEntries(
  commit: ApiCommit,
  paths: readonly string[],
): Promise<readonly EntryNode[]> {
  const count = Math.ceil(paths.length / BATCH);
  const batches = Array.from({ length: count }, (_, index) =>
    paths.slice(index * BATCH, (index + 1) * BATCH),
  );
  const answers = await Promise.all(batches.map((batch) => readBatch(commit, batch))).catch(
    (error: unknown) => {
      throw explain(error, `read files of ${commit.name}`, 'contents: read');
    },
  );
  return answers.flat();
}

async function readBatch({ github, repository, head, signal }: ApiCommit, paths: readonly string[]) {
  const variables = { ...repository, oid: head, ...pathVariables(paths), request: { signal } };
  const answer = await github.graphql<FilesAnswer>(filesQuery(paths.length), variables);
  return answer.repository.object === null ? [] : entriesOf(answer.repository.object, paths.length);
}

/** Whether a commit has the files as these changes leave them. */
export async function holds(commit: ApiCommit, changes: readonly FileChange[]): Promise<boolean> {
  const entries = await readEntries(
    commit,
    changes.map(({ path }) => path),
  );
  const oids = new Map(entries.map(({ path, oid }) => [path, oid]));
  return changes.every(({ path, content }) => {
    const oid = oids.get(path);
    if (content === null || oid === undefined) return content === null && oid === undefined;
    return isBlob(Buffer.from(content), oid);
  });
}

/**
 * Paths of all files below a folder, in one request.
 *
 * @param tree object id of the folder's tree; the commit's own id for the root
 * @throws ConfigurationError when the folder has more files than the API lists at once (100,000)
 */
export async function listFolder(
  commit: ApiCommit,
  folder: string,
  tree: string,
): Promise<readonly string[]> {
  const { github, repository, signal, name } = commit;
  const { data } = await github.rest.git
    .getTree({ ...repository, tree_sha: tree, recursive: 'true', request: { signal } })
    .catch((error: unknown) => {
      throw explain(error, `list the folder "${folder}" of ${name}`, 'contents: read');
    });
  if (data.truncated) {
    throw new ConfigurationError(
      `The folder "${folder}" of ${name} has too many files for one listing; name a smaller folder.`,
    );
  }
  return data.tree
    .filter((item) => item.type === 'blob')
    .map((item) => (folder ? `${folder}/${item.path}` : item.path));
}

/**
 * The file of an entry, with its bytes. GraphQL cuts long texts, decodes odd ones and leaves binary ones out: what does
 * not hash to the entry's object id is read again as raw bytes.
 */
export async function fileOf(
  commit: ApiCommit,
  { path, oid, mode: bits, object }: EntryNode,
): Promise<RepositoryFile> {
  const mode = fileMode(bits);
  if (mode === 'submodule') return { path, oid, mode, content: Buffer.alloc(0) };
  const text = Buffer.from(object?.text ?? '');
  return { path, oid, mode, content: isBlob(text, oid) ? text : await rawBlob(commit, path, oid) };
}

async function rawBlob(
  { github, repository, signal, name }: ApiCommit,
  path: string,
  oid: string,
): Promise<Buffer> {
  const { data } = await github.rest.git
    .getBlob({ ...repository, file_sha: oid, request: { signal } })
    .catch((error: unknown) => {
      throw explain(error, `read ${path} of ${name}`, 'contents: read');
    });
  const content = Buffer.from(data.content, 'base64');
  if (isBlob(content, oid)) return content;
  throw new Error(
    `The bytes of ${path} in ${name} do not match their object id ${oid}; nothing was written.`,
  );
}
