// Builds actions/*/dist. `--check` compares with what was there before and fails on a difference.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minify } from 'terser';
import { actions, root, run } from './project.ts';

const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const selected = wanted.length > 0 ? actions.filter((action) => wanted.includes(action)) : actions;

const before = new Map(selected.map((action) => [action, fingerprint(action)]));
if (!run('tsc', ['-b', ...selected.map((action) => join('actions', action))])) process.exit(1);
const failed = (
  await Promise.all(selected.map(async (action) => ((await bundle(action)) ? [] : [action])))
).flat();
if (failed.length > 0) fail(`ncc failed for ${failed.join(', ')}.`);

const stale = selected.filter((action) => before.get(action) !== fingerprint(action));
if (check && stale.length > 0) {
  fail(
    `dist is not what the sources build: ${stale.join(', ')}. Run "npx -y pnpm@12.18.0 build" and commit actions/*/dist.`,
  );
}
console.log(
  check ? `dist is what the sources build (${selected.length} actions).` : `built: ${selected.join(', ')}`,
);

/**
 * ncc only gives the same bytes everywhere when it runs in the action's own directory. dist is replaced at the end, so that
 * whoever runs it meanwhile finds a whole one.
 */
async function bundle(action: string): Promise<boolean> {
  const directory = join(root, 'actions', action);
  const [made, dist] = [`dist.${process.pid}`, join(directory, 'dist')];
  const args = ['build', 'lib/index.js', '--out', made, '--no-cache', '--license', 'licenses.txt', '--quiet'];
  const child = spawn(join(root, 'node_modules', '.bin', 'ncc'), args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code === 0) {
    await shorten(join(directory, made, 'index.js'));
    rmSync(dist, { recursive: true, force: true });
    renameSync(join(directory, made), dist);
  } else rmSync(join(directory, made), { recursive: true, force: true });
  return code === 0;
}

/** ncc's own --minify renames and takes out spaces only, which leaves a bundle a tenth larger. Names stay: errors show them. */
async function shorten(path: string): Promise<void> {
  const { code } = await minify(await readFile(path, 'utf8'), {
    module: true,
    keep_classnames: true,
    keep_fnames: true,
    format: { comments: false },
  });
  if (code === undefined) throw new Error(`terser made nothing of ${path}.`);
  await writeFile(path, code);
}

function fingerprint(action: string): string {
  const directory = join(root, 'actions', action, 'dist');
  const hash = createHash('sha256');
  for (const path of globSync('**/*', { cwd: directory }).sort()) {
    if (path.includes('.')) hash.update(path).update(readFileSync(join(directory, path)));
  }
  return hash.digest('hex');
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
