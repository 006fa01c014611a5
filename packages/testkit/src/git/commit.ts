import type { Author, FileChanges } from '../types.ts';
import { gitBytes } from './command.ts';
import { NO_COMMIT, updateRefs } from './update-ref.ts';

export interface NewCommit {
  directory: string;
  /** Full ref of the branch. */
  ref: string;
  /** Head the commit is made on and the branch must still have; `NO_COMMIT` for a branch that must not exist. */
  expected: string;
  /** Parent where it differs from `expected`: a new branch's start. Null: a root commit. */
  parent: string | null;
  files: FileChanges;
  message: string;
  author: Author;
  committer: Author;
  date: Date;
}

type Content = Pick<NewCommit, 'files' | 'message' | 'author' | 'committer' | 'date'>;

/** Commits one after the other. */
export interface NewCommits extends Pick<NewCommit, 'directory' | 'ref' | 'expected' | 'parent'> {
  commits: readonly Content[];
}

/** A path as git fast-import reads it whatever it holds, see "path" in git-fast-import(1). */
function quotedPath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function data(content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function person(role: 'author' | 'committer', { name, email }: Author, date: Date): string {
  return `${role} ${name.replace(/[<>\n]/g, '')} <${email.replace(/[<>\n]/g, '')}> ${Math.floor(date.getTime() / 1000)} +0000\n`;
}

function fileCommands(files: FileChanges): Buffer[] {
  const changes = Object.entries(files);
  const removed = changes.filter(([, content]) => content === null);
  const written = changes.filter((change): change is [string, string | Uint8Array] => change[1] !== null);
  return [
    ...removed.map(([path]) => Buffer.from(`D ${quotedPath(path)}\n`)),
    ...written.flatMap(([path, content]) => [
      Buffer.from(`M 100644 inline ${quotedPath(path)}\n`),
      data(content),
    ]),
  ];
}

function importStream({ commits, parent }: NewCommits, ref: string): Buffer {
  return Buffer.concat([
    ...commits.flatMap((commit, index) => [
      Buffer.from(`commit ${ref}\nmark :${index + 1}\n`),
      Buffer.from(person('author', commit.author, commit.date)),
      Buffer.from(person('committer', commit.committer, commit.date)),
      data(commit.message),
      // The later ones follow the one before them on the same ref.
      Buffer.from(parent === null || index > 0 ? '' : `from ${parent}\n`),
      ...fileCommands(commit.files),
      Buffer.from(`\nget-mark :${index + 1}\n`),
    ]),
    Buffer.from('done\n'),
  ]);
}

let imports = 0;

/**
 * Writes blobs, trees and commits in one `git fast-import`, then moves the branch to the last one if its head is still
 * the expected one.
 *
 * @returns the new commits, or null when the branch has moved
 */
export async function commitSeries(series: NewCommits): Promise<string[] | null> {
  const { directory, ref, expected } = series;
  imports += 1;
  // fast-import must update some ref; this one is hidden from clients and goes away in the same transaction.
  const scratch = `refs/testkit/${process.pid}-${imports}`;
  const input = importStream(series, scratch);
  const printed = await gitBytes(['fast-import', '--quiet', '--done'], { cwd: directory, input });
  const ids = printed.toString().trim().split('\n');
  const last = ids.at(-1) ?? NO_COMMIT;
  const drop = { ref: scratch, to: NO_COMMIT, from: last };
  if (await updateRefs(directory, [{ ref, to: last, from: expected }, drop])) return ids;
  await updateRefs(directory, [drop]);
  return null;
}

/** `commitSeries` of one commit: its id, or null when the branch has moved. */
export async function commitFiles(commit: NewCommit): Promise<string | null> {
  const { directory, ref, expected, parent, ...content } = commit;
  return (await commitSeries({ directory, ref, expected, parent, commits: [content] }))?.at(-1) ?? null;
}
