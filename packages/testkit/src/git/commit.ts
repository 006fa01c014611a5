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

function importStream(commit: NewCommit, ref: string): Buffer {
  return Buffer.concat([
    Buffer.from(`commit ${ref}\nmark :1\n`),
    Buffer.from(person('author', commit.author, commit.date)),
    Buffer.from(person('committer', commit.committer, commit.date)),
    data(commit.message),
    Buffer.from(commit.parent === null ? '' : `from ${commit.parent}\n`),
    ...fileCommands(commit.files),
    Buffer.from('\nget-mark :1\ndone\n'),
  ]);
}

let imports = 0;

/**
 * Writes blobs, trees and the commit in one `git fast-import`, then moves the branch to it if its head is still the
 * expected one.
 *
 * @returns the new commit, or null when the branch has moved
 */
export async function commitFiles(commit: NewCommit): Promise<string | null> {
  imports += 1;
  // fast-import must update some ref; this one is hidden from clients and goes away in the same transaction.
  const scratch = `refs/testkit/${process.pid}-${imports}`;
  const input = importStream(commit, scratch);
  const printed = await gitBytes(['fast-import', '--quiet', '--done'], { cwd: commit.directory, input });
  const sha = printed.toString().trim();
  const drop = { ref: scratch, to: NO_COMMIT, from: sha };
  const move = { ref: commit.ref, to: sha, from: commit.expected };
  if (await updateRefs(commit.directory, [move, drop])) return sha;
  await updateRefs(commit.directory, [drop]);
  return null;
}
