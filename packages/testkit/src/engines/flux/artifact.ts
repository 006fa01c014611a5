import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { git, gitBytes } from '../../git/command.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A commit's files as Flux passes them on. */
export interface Artifact {
  /** `main@sha1:<commit>` */
  readonly revision: string;
  /** `sha256:<of the archive>` */
  readonly digest: string;
  readonly archive: Buffer;
}

/** Fetches a branch and packs it. */
export async function packBranch(url: string, branch: string, login?: string): Promise<Artifact> {
  await using folder = await temporaryDirectory();
  const directory = join(folder.path, 'clone.git');
  const header = login === undefined ? [] : ['-c', `http.extraHeader=Authorization: Basic ${login}`];
  await git([...header, 'clone', '--quiet', '--bare', '--depth=1', `--branch=${branch}`, url, directory]);
  const sha = (await git(['rev-parse', 'HEAD'], { cwd: directory })).trim();
  const archive = gzipSync(await gitBytes(['archive', '--format=tar', 'HEAD'], { cwd: directory }));
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  return { revision: `${branch}@sha1:${sha}`, digest, archive };
}
