import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  BUILD_ENVIRONMENT,
  BUILD_FLAGS,
  engineDirectory,
} from '../../packages/testkit/src/engines/catalog.ts';
import type { Engine, GoEngine, WheelEngine } from '../../packages/testkit/src/engines/description.ts';
import { withLock } from './lock.ts';
import { patchedFlags } from './patched.ts';

type Report = (line: string) => void;

/** Builds an engine into the cache, unless it is there. Another process that builds the same is waited for. */
export async function buildEngine(engine: Engine, report: Report): Promise<void> {
  const target = engineDirectory(engine);
  if (target === undefined)
    throw new Error('Go is not installed or not on the PATH; install Go 1.26 or newer.');
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  const onWait = (pid: number) => report(`${engine.name}: process ${pid} is building it`);
  await withLock(`${target}.lock`, onWait, () => {
    if (existsSync(target)) return;
    const started = performance.now();
    const programs = 'wheel' in engine ? [engine.wheel] : Object.keys(engine.programs);
    report(`${engine.name} ${engine.version}: building ${programs.join(', ')}`);
    buildInto(engine, target);
    report(`${engine.name} ${engine.version}: ${Math.round((performance.now() - started) / 1000)} s`);
  });
}

/** Nobody sees a half-built engine: it is built beside its place and moved there. */
function buildInto(engine: Engine, target: string): void {
  const directory = `${target}.tmp-${process.pid}`;
  try {
    if ('wheel' in engine) install(engine, directory);
    else compile(engine, directory);
    renameSync(directory, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function compile(engine: GoEngine, directory: string): void {
  const changed = join(directory, 'changed');
  const patched = patchedFlags(engine, (...args) => go(engine.source, args), changed);
  const flags = [...BUILD_FLAGS, ...patched, '-ldflags', linkerFlags(engine)];
  for (const [name, path] of Object.entries(engine.programs))
    go(engine.source, ['build', ...flags, '-o', join(directory, 'bin', name), path]);
  rmSync(changed, { recursive: true, force: true });
  copyFiles(engine, join(directory, 'files'));
}

/** The wheel's program ends up in `bin/`. It is the publisher's own build, told by the hashes of requirements.txt. */
function install({ source }: WheelEngine, directory: string): void {
  const where = ['--target', directory, '--requirement', join(source, 'requirements.txt')];
  const flags = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--quiet', '--no-cache-dir'];
  try {
    execFileSync('python3', ['-m', 'pip', 'install', '--disable-pip-version-check', ...flags, ...where], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    const cause = Error.isError(error) ? error.message : String(error);
    throw new Error(`${basename(source)} needs Python 3 with pip, and PyPI or a mirror of it: ${cause}`);
  }
}

const linkerFlags = ({ variables = {} }: GoEngine): string =>
  ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');

/** `files/<module's last name>/<path>`: what is read when a cluster starts, without Go's module cache. */
function copyFiles({ module, version, files = [] }: GoEngine, directory: string): void {
  for (const file of files) {
    const name = file.module ?? module;
    // In a folder without a go.mod, for the engine's own go.sum knows nothing of modules that it does not build.
    const answer = go(tmpdir(), ['mod', 'download', '-json', `${name}@${file.version ?? version}`]);
    const { Dir } = JSON.parse(answer) as { Dir: string };
    const target = join(directory, basename(name.replace(/\/v\d+$/, '')), file.path);
    cpSync(join(Dir, file.path), target, { recursive: true });
    makeWritable(target);
  }
}

/** Go's module cache is read-only, and so are copies of it: nobody could delete them. */
function makeWritable(path: string): void {
  execFileSync('chmod', ['-R', 'u+w', path]);
}

function go(cwd: string, args: readonly string[]): string {
  const env = { ...process.env, ...BUILD_ENVIRONMENT };
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
