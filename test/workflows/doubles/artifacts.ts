import { cp, mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Answer, Call } from './double.ts';

const placeOf = (folder: string, run: string | undefined, name: string): string =>
  join(folder, run ?? '0', name || 'artifact');

/** Keeps a file or a folder under its name. */
export const upload =
  (folder: string) =>
  async ({ input, env, cwd }: Call): Promise<Answer> => {
    const from = resolve(cwd, input('path'));
    const found = await stat(from).catch(() => undefined);
    if (found === undefined) {
      if (input('if-no-files-found') === 'error')
        throw new Error(`No files were found with the provided path: ${input('path')}.`);
      return {};
    }
    const place = placeOf(folder, env.GITHUB_RUN_ID, input('name'));
    if (input('overwrite') === 'true') await rm(place, { recursive: true, force: true });
    await mkdir(place, { recursive: true });
    await cp(from, found.isDirectory() ? place : join(place, basename(from)), { recursive: true });
    return { outputs: { 'artifact-id': '1' } };
  };

/** Brings back what this run or another one kept. */
export const download =
  (folder: string) =>
  async ({ input, env, cwd }: Call): Promise<Answer> => {
    const to = resolve(cwd, input('path') || '.');
    const place = placeOf(folder, input('run-id') || env.GITHUB_RUN_ID, input('name'));
    if (!(await stat(place).catch(() => undefined)))
      throw new Error(`Unable to download artifact(s): Artifact not found for name: ${input('name')}`);
    await cp(place, to, { recursive: true });
    return { outputs: { 'download-path': to } };
  };
