import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface ActionFile {
  /** Folder of the action. */
  directory: string;
  /** Default value of each declared input; null without one. */
  inputs: Record<string, string | null>;
  outputs: string[];
  /** File that the runner starts. */
  main: string;
}

const REPOSITORY_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface RawAction {
  inputs?: Record<string, { default?: unknown } | null>;
  outputs?: Record<string, unknown>;
  runs?: { using?: string; main?: string; pre?: string; post?: string };
}

/** `actions/<name>` of this repository, or a folder when the name is a path. */
function folderOf(name: string): string {
  return /[\\/]/.test(name) ? resolve(name) : join(REPOSITORY_ROOT, 'actions', name);
}

function readRaw(directory: string): RawAction {
  const file = ['action.yml', 'action.yaml']
    .map((name) => join(directory, name))
    .find((path) => existsSync(path));
  if (!file) throw new Error(`There is no action.yml in ${directory}.`);
  return parse(readFileSync(file, 'utf8')) as RawAction;
}

/** Reads an action's metadata as the runner does; what the kit cannot run is refused by name. */
export function readAction(name: string, entry?: string): ActionFile {
  const directory = folderOf(name);
  const { inputs = {}, outputs = {}, runs = {} } = readRaw(directory);
  if (!/^node\d+$/.test(runs.using ?? ''))
    throw new Error(`${name}: only JavaScript actions can be run, not "${runs.using}".`);
  if (runs.pre ?? runs.post) throw new Error(`${name}: pre and post steps are not implemented by the kit.`);
  const main = entry ? resolve(entry) : join(directory, runs.main ?? '');
  if (!existsSync(main)) throw new Error(`${main} is missing: build first with "pnpm build".`);
  const defaults = Object.entries(inputs ?? {}).map(([input, spec]) => {
    const value = spec?.default;
    return [input, value === undefined || value === null ? null : String(value)] as const;
  });
  return { directory, inputs: Object.fromEntries(defaults), outputs: Object.keys(outputs ?? {}), main };
}
