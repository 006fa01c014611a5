import { ConfigurationError } from '../../action/index.ts';
import type { CommitMessage, FileChange } from '../repository.ts';
import type { GitBranch } from './head.ts';
import type { GitIdentity } from './options.ts';
import { findEntries, foldersAbove, type TreeEntry } from './tree.ts';

export interface NewGitCommit {
  readonly parent: string;
  readonly changes: readonly FileChange[];
  readonly message: CommitMessage;
  readonly identity: GitIdentity;
  /** Seconds since 1970. */
  readonly time: number;
}

const PENDING = 'refs/gitops/commit';

/**
 * Makes a commit in the clone, without a working tree, in one run of git: `fast-import` reads only the folders on the
 * way to the files. An executable file stays one. https://git-scm.com/docs/git-fast-import
 *
 * @returns its id
 * @throws ConfigurationError when a path is a link, a submodule or a folder, or lies below a file
 */
export async function makeCommit(target: GitBranch, commit: NewGitCommit): Promise<string> {
  const { client, signal } = target;
  const paths = commit.changes.map(({ path }) => path);
  const entries = await findEntries(client, commit.parent, paths, signal);
  for (const change of commit.changes) refuseUnfit(change, entries);
  const input = importStream(commit, (path) => entries.get(path)?.mode === 'executable');
  const output = await client.output(['fast-import', '--quiet', '--force', '--done'], { signal, input });
  return output.toString().trim();
}

function refuseUnfit({ path, content }: FileChange, entries: ReadonlyMap<string, TreeEntry>): void {
  const entry = entries.get(path);
  const inTheWay = foldersAbove(path).find((folder) => (entries.get(folder)?.type ?? 'tree') !== 'tree');
  if (inTheWay !== undefined)
    throw new ConfigurationError(`${path} cannot be written: ${inTheWay} is no folder.`);
  if (entry?.type === 'tree') throw new ConfigurationError(`${path} is a folder; only files are written.`);
  if (content === null && entry === undefined)
    throw new ConfigurationError(`${path} cannot be deleted: there is no such file.`);
  if (content !== null && (entry?.mode === 'symlink' || entry?.mode === 'submodule'))
    throw new ConfigurationError(`${path} is a ${entry.mode}; only regular files are written.`);
}

function importStream(commit: NewGitCommit, isExecutable: (path: string) => boolean): Buffer {
  const { parent, changes, message, identity, time } = commit;
  const text = message.body === '' ? message.headline : `${message.headline}\n\n${message.body}`;
  const deletions = changes.filter(({ content }) => content === null);
  return Buffer.concat([
    Buffer.from(`feature done\ncommit ${PENDING}\nmark :1\ncommitter ${person(identity)} ${time} +0000\n`),
    data(`${text.trimEnd()}\n`),
    Buffer.from(`from ${parent}\n`),
    // First what goes: a folder may take the place of a file.
    ...deletions.map(({ path }) => Buffer.from(`D ${quoted(path)}\n`)),
    ...changes.flatMap(({ path, content }) =>
      content === null
        ? []
        : [
            Buffer.from(`M ${isExecutable(path) ? '100755' : '100644'} inline ${quoted(path)}\n`),
            data(content),
          ],
    ),
    Buffer.from('get-mark :1\ndone\n'),
  ]);
}

function person({ name, email }: GitIdentity): string {
  const plain = (text: string) => text.replace(/[<>\p{Cc}]/gu, '');
  return `${plain(name)} <${plain(email)}>`;
}

function data(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

/** A path as a C string, so that nothing in it can become a command of the stream. */
function quoted(path: string): string {
  const escaped = path.replace(/["\\\p{Cc}]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
  return `"${escaped}"`;
}
