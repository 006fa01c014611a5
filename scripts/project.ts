import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Root of the repository. */
export const root = join(import.meta.dirname, '..');

/** Folder names under actions/, discovered. */
export const actions: readonly string[] = readdirSync(join(root, 'actions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
};

/** Runs a command of the project with its output on this terminal. Returns whether it succeeded. */
export function run(command: string, args: readonly string[], directory = root): boolean {
  const { status, error } = spawnSync(command, args, { cwd: directory, stdio: 'inherit', env: environment });
  if (error) throw error;
  return status === 0;
}

/** Ends with one sentence when git is missing or too old: nearly everything here works on real repositories. */
export function requireGit(): void {
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(gitVersion()) ?? []).map(Number);
  if (major > 2 || (major === 2 && minor >= 38)) return;
  const found = major === 0 ? 'git is not installed or not on the PATH' : `git ${major}.${minor} is too old`;
  console.error(`${found}; install git 2.38 or newer and run the command again.`);
  process.exit(1);
}

function gitVersion(): string {
  try {
    return execFileSync('git', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
