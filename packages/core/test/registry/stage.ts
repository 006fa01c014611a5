import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Registry,
  type RegistryOptions as ServerOptions,
  startRegistry,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { spawnExec } from '../../src/exec/index.ts';
import { type ImageReference, parseImageReference } from '../../src/image/index.ts';
import { createRegistryClient, type RegistryClient, type RegistryOptions } from '../../src/registry/index.ts';

export const LOGIN = { username: 'bot', password: 'correct horse' };

export interface Stage extends AsyncDisposable {
  readonly registry: Registry;
  /** Docker's folder. */
  readonly folder: string;
  /** What was logged. */
  readonly said: string[];
  /** A client as of a job with this `config.json`; waits cost no time. */
  client(config?: string, changes?: Partial<RegistryOptions>): Promise<RegistryClient>;
  image(text: string): ImageReference;
}

/** A registry on loopback and jobs that look images up in it. */
export async function startStage(options: ServerOptions = {}): Promise<Stage> {
  const registry = await startRegistry(options);
  const root = await temporaryDirectory('registry-');
  const folder = join(root.path, '.docker');
  const said: string[] = [];
  const log = {
    info: (text: string) => void said.push(text),
    debug: () => {},
    notice: () => {},
    warning: () => {},
  };
  await mkdir(folder);
  return {
    registry,
    folder,
    said,
    async client(config, changes = {}) {
      if (config !== undefined) await writeFile(join(folder, 'config.json'), config);
      const { signal } = new AbortController();
      return createRegistryClient({
        dockerConfig: folder,
        exec: spawnExec,
        environment: {},
        signal,
        log,
        backOffUnit: 1,
        random: () => 0.5,
        ...changes,
      });
    },
    image: (text) => reference(`${registry.host}/${text}`),
    async [Symbol.asyncDispose]() {
      await registry.close();
      await root[Symbol.asyncDispose]();
    },
  };
}

/** A reference that must be one. */
export function reference(text: string): ImageReference {
  const image = parseImageReference(text);
  if (image === undefined) throw new Error(`${text} is no image reference`);
  return image;
}

/** Requests as `HEAD manifests 401 bearer`: method, what, status and the scheme of the login shown. */
export function spoken(registry: Registry): string[] {
  return registry.requests().map(({ route, status, authorization }) => {
    const [method, path = ''] = route.split(' ');
    const what = path.includes('/manifests/') ? 'manifest' : path;
    return `${method} ${what} ${status} ${authorization}`.trim();
  });
}

/** The sentence that a promise ends with. */
export async function sentence(work: Promise<unknown>): Promise<string> {
  try {
    return `no error: ${JSON.stringify(await work)}`;
  } catch (error) {
    return Error.isError(error) ? `${error.name}: ${error.message}` : String(error);
  }
}
