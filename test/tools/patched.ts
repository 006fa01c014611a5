import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GoEngine } from '../../packages/testkit/src/engines/description.ts';

/**
 * Flags with which Go builds an engine from a copy of its module, changed by the patches beside its go.mod; none where
 * there is no patch.
 *
 * @param go runs Go in the engine's folder
 * @param directory where the copy goes
 */
export function patchedFlags(
  { source, module }: GoEngine,
  go: (...args: string[]) => string,
  directory: string,
): readonly string[] {
  const patches = readdirSync(source).filter((file) => file.endsWith('.patch'));
  if (patches.length === 0) return [];
  const copy = join(directory, 'module');
  mkdirSync(directory, { recursive: true });
  const { Dir } = JSON.parse(go('mod', 'download', '-json', module)) as { Dir: string };
  cpSync(Dir, copy, { recursive: true });
  // Go's module cache is read-only, and so are copies of it.
  execFileSync('chmod', ['-R', 'u+w', copy]);
  // A repository of its own: git would take the paths for those of one around it.
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet');
  for (const patch of patches) git('apply', join(source, patch));
  for (const file of ['go.mod', 'go.sum']) cpSync(join(source, file), join(directory, file));
  const modfile = join(directory, 'go.mod');
  go('mod', 'edit', `-replace=${module}=${copy}`, modfile);
  return ['-modfile', modfile];
}
