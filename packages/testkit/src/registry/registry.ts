import { createFaultList } from '../faults.ts';
import { listen } from '../http/server.ts';
import { createAccess } from './access.ts';
import { buildImage } from './image.ts';
import { createUpload, KIT, pushImage } from './push.ts';
import { createRegistryServer, type Parts } from './server.ts';
import { createStore } from './store.ts';
import type { Registry, RegistryOptions } from './types.ts';

/** The right to push anything, taken from the access rules directly: what is pushed, not who, is the test's matter. */
function kitLogin({ options: { auth }, access }: Parts, repository: string): string | undefined {
  if (!auth) return undefined;
  const authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  if (auth.scheme === 'basic') return authorization;
  const query = `?service=registry.loopback&scope=repository:${repository}:pull,push`;
  const answer = access.issue({ authorization }, 'GET', new URL(`http://token${query}`), Buffer.alloc(0));
  return `Bearer ${(answer.body as { token: string }).token}`;
}

function dockerConfig({ options: { auth } }: Parts, host: string): string {
  const login = auth && Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
  return JSON.stringify({ auths: login === undefined ? {} : { [host]: { auth: login } } });
}

/**
 * A small OCI registry on a free port of 127.0.0.1: push and pull by tag and digest, Basic logins or a token service that
 * checks scopes. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const parts: Parts = {
    options,
    store: createStore(),
    faults: createFaultList(),
    log: [],
    access: createAccess(options, ''),
    url: '',
  };
  const server = createRegistryServer(parts);
  const host = `127.0.0.1:${await listen(server)}`;
  parts.url = `http://${host}`;
  parts.access = createAccess(options, parts.url);
  const close = async () => {
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
  };
  return {
    host,
    url: parts.url,
    identityToken: parts.access.identityToken,
    async push(repository, tag, pushed = {}) {
      const upload = createUpload(parts.url, async () => kitLogin(parts, repository));
      return await pushImage(upload, repository, tag, buildImage(`${repository}:${tag}`, pushed));
    },
    tags: (repository) =>
      parts.store.has(repository) ? Object.fromEntries(parts.store.contents(repository).tags) : {},
    dockerConfig: () => dockerConfig(parts, host),
    requests: () => parts.log.filter(({ userAgent }) => userAgent !== KIT).map((record) => ({ ...record })),
    inject: (fault) => parts.faults.inject(fault),
    close,
    [Symbol.asyncDispose]: close,
  };
}
