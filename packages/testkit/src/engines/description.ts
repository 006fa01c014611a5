import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Files of a Go module that the engine needs beside its programs, such as its CRDs. */
interface ModuleFiles {
  readonly path: string;
  /** Default: the engine's own. */
  readonly module?: string;
  readonly version?: string;
}

/** Programs that are built of Go modules; go.mod and go.sum pin them. */
export interface GoDescription {
  readonly module: string;
  readonly version: string;
  /** File name → Go package. */
  readonly programs: Readonly<Record<string, string>>;
  readonly files?: readonly ModuleFiles[];
  /** Go variables that the linker sets: without them a program says that it is a development build. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A Python package that holds a ready program for each platform; requirements.txt pins it. */
export interface WheelDescription {
  readonly wheel: string;
  readonly version: string;
  /** Of the wheels that requirements.txt knows: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/ */
  readonly platforms: readonly string[];
}

interface Place {
  readonly name: string;
  /** The folder of engine.json and of what pins its sources. */
  readonly source: string;
}

export type GoEngine = GoDescription & Place;
export type WheelEngine = WheelDescription & Place;
export type Engine = GoEngine | WheelEngine;

const TOOLS = join(import.meta.dirname, '..', '..', '..', '..', 'test', 'tools');

/** Where built engines lie. */
export const engineCache = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gitops-actions', 'engines');

/** Every engine that the project knows, by the folders of test/tools. */
export function engines(): Engine[] {
  return readdirSync(TOOLS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readEngine(entry.name));
}

/** One engine by the name of its folder. */
export function readEngine(name: string): Engine {
  const source = join(TOOLS, name);
  const text = readFileSync(join(source, 'engine.json'), 'utf8');
  return { ...(JSON.parse(text) as GoDescription | WheelDescription), name, source };
}
