import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ConfigurationError, illegal } from '../action/index.ts';
import { RECORD_FILE } from './record.ts';
import type { TemplateFile } from './render.ts';

const MOST_FILES = 500;
/** Bytes in all; one commit through GitHub's API must hold them. */
const MOST_BYTES = 10_000_000;

/**
 * Reads a template folder of the checkout, all files below it, sorted by path.
 *
 * @param folder the input `template`, relative to the workspace
 * @param workspace absolute path of the checkout
 * @throws ConfigurationError when the folder is missing, outside or empty, holds links, or has a file that is reserved
 */
export async function readTemplateFolder(
  folder: string,
  workspace: string,
): Promise<readonly TemplateFile[]> {
  const root = await insideWorkspace(folder, workspace);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  if (paths.length === 0 || paths.length > MOST_FILES) {
    throw illegal('template', folder, `a folder with 1 to ${MOST_FILES} files (it has ${paths.length})`);
  }
  await refuseSizes(paths, folder);
  const files = await Promise.all(
    paths.sort().map(async (path) => ({
      path: slashed(relative(root, path)),
      content: await readRegular(path, folder),
    })),
  );
  refuseFiles(files, folder);
  return files;
}

async function insideWorkspace(folder: string, workspace: string): Promise<string> {
  const base = await realpath(workspace);
  const root = await realpath(join(workspace, folder)).catch(() => undefined);
  if (isAbsolute(folder) || root === undefined || !(await lstat(root)).isDirectory()) {
    throw new ConfigurationError(
      `Input "template" is ${JSON.stringify(folder)}, which is not a folder in the workspace; check the path, and that a step with actions/checkout runs before this one.`,
    );
  }
  if (root !== base && !root.startsWith(base + sep)) {
    throw illegal('template', folder, 'a folder inside the workspace');
  }
  // A link in the checkout may lead there, and git's folder may hold the credentials of actions/checkout.
  if (isInGit(relative(base, root))) throw illegal('template', folder, 'a folder outside of .git');
  return root;
}

async function readRegular(path: string, folder: string): Promise<Buffer> {
  if ((await lstat(path)).isFile()) return readFile(path);
  throw new ConfigurationError(
    `The template folder "${folder}" holds ${path}, which is not a regular file; replace links by files.`,
  );
}

function refuseFiles(files: readonly TemplateFile[], folder: string): void {
  if (files.some(({ path }) => path === RECORD_FILE)) {
    throw new ConfigurationError(
      `The template folder "${folder}" holds ${RECORD_FILE}, which is the name of the preview's own record; rename that file.`,
    );
  }
  if (files.some(({ path }) => isInGit(path)))
    throw illegal('template', folder, 'a folder without a .git in it');
}

/** Before anything is read: a file may be larger than the memory. */
async function refuseSizes(paths: readonly string[], folder: string): Promise<void> {
  const sizes = await Promise.all(paths.map(async (path) => (await lstat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MOST_BYTES)
    throw illegal('template', folder, `a folder of at most ${MOST_BYTES} bytes (it has ${bytes})`);
}

/** In any spelling: some file systems do not tell `.GIT` from `.git`, and git refuses both. */
function isInGit(path: string): boolean {
  return slashed(path).toLowerCase().split('/').includes('.git');
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
