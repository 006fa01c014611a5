import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, engineCache, readEngine } from './description.ts';

/** Small and the same on each machine; part of an engine's key. */
export const BUILD_FLAGS = ['-trimpath', '-buildvcs=false', '-mod=readonly'] as const;
/** Settings of the machine that would change what is built. */
export const BUILD_ENVIRONMENT = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' } as const;

/**
 * Where this engine lies once it is built: `bin/` and `files/`. The name has a key of everything that the result depends
 * on, so that changing one engine rebuilds one.
 *
 * @returns `undefined` when it is built with Go and there is none, without which the key is unknown
 */
export function engineDirectory(engine: Engine): string | undefined {
  const built = 'wheel' in engine ? [process.platform, process.arch] : buildSettings(engine.source);
  if (built === undefined) return undefined;
  const hash = createHash('sha256').update(JSON.stringify(built));
  for (const file of sourcesOf(engine))
    hash.update(`\0${file}\0`).update(readFileSync(join(engine.source, file)));
  return join(engineCache(), `${engine.name}-${hash.digest('hex').slice(0, 16)}`);
}

function buildSettings(source: string): unknown[] | undefined {
  const go = goVersion(source);
  return go === undefined ? undefined : [go, BUILD_FLAGS, BUILD_ENVIRONMENT];
}

const sourcesOf = ({ source }: Engine): string[] =>
  readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
    .sort();

const versions = new Map<string, string | undefined>();

function goVersion(directory: string): string | undefined {
  if (!versions.has(directory)) versions.set(directory, readGoVersion(directory));
  return versions.get(directory);
}

function readGoVersion(cwd: string): string | undefined {
  const env = { ...process.env, ...BUILD_ENVIRONMENT };
  try {
    return execFileSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

/** Names of those engines that are not built on this machine. */
export function missingEngines(names: readonly string[]): string[] {
  return names.filter((name) => !existsSync(engineDirectory(readEngine(name)) ?? ''));
}

/** Folder of a built engine. Throws with the command that builds it. */
export function requireEngine(name: string): string {
  const directory = engineDirectory(readEngine(name));
  if (directory !== undefined && existsSync(directory)) return directory;
  throw new Error(`The engine ${name} is not built on this machine; npx -y pnpm@12.18.0 engines builds it.`);
}

/** One program of a built engine: `program('kubernetes', 'kubectl')`. */
export const program = (engine: string, name: string): string => join(requireEngine(engine), 'bin', name);

/** A PATH with these engines' programs first: `enginePath(['helm4', 'kubernetes'])`. */
export const enginePath = (names: readonly string[]): string =>
  [...names.map((name) => join(requireEngine(name), 'bin')), process.env.PATH ?? ''].join(':');
