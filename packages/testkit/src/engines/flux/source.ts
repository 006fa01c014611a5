import { createServer } from 'node:http';
import { listen } from '../../http/server.ts';
import type { Cluster } from '../cluster/types.ts';
import { type Artifact, packBranch } from './artifact.ts';
import type { GitRepository } from './types.ts';

const PATH = '/apis/source.toolkit.fluxcd.io/v1/gitrepositories';
const REQUESTED = 'reconcile.fluxcd.io/requestedAt';

/** Must be closed before its cluster. */
interface Source {
  close(): Promise<void>;
}

/**
 * A stand-in for Flux's source-controller, whose module cannot be built: it fetches the branch of each GitRepository
 * when there is none yet and when the annotation asks for it, never on an interval, and serves it as an artifact.
 */
export async function startSource(cluster: Cluster): Promise<Source> {
  const archives = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const archive = archives.get(request.url ?? '');
    response.writeHead(archive ? 200 : 404).end(archive);
  });
  const address = `http://127.0.0.1:${await listen(server)}`;
  const publish = ({ digest, archive }: Artifact): string => {
    const path = `/${digest.replace(':', '/')}.tar.gz`;
    archives.set(path, archive);
    return path;
  };
  const stop = new AbortController();
  const handled = new Map<string, string>();
  const reconcile = async (repository: GitRepository) => {
    const { name, namespace, generation, uid } = repository.metadata;
    const request = `${generation} ${repository.metadata.annotations?.[REQUESTED] ?? ''}`;
    if (repository.spec.suspend || handled.get(uid) === request) return;
    handled.set(uid, request);
    const status = await statusOf(cluster, repository, (artifact) => {
      const path = publish(artifact);
      return { path: path.slice(1), url: `${address}${path}` };
    });
    const path = `${PATH.replace('gitrepositories', `namespaces/${namespace}/gitrepositories`)}/${name}/status`;
    await cluster.api.patch(path, { status });
  };
  const problems: string[] = [];
  cluster.api.watch(
    PATH,
    (object) => {
      reconcile(object as GitRepository).catch((error: unknown) => problems.push(String(error)));
    },
    stop.signal,
  );
  return {
    async close() {
      stop.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (problems.length > 0) throw new Error(`Flux's stand-in source failed: ${problems.join('; ')}`);
    },
  };
}

type Publish = (artifact: Artifact) => { readonly path: string; readonly url: string };

async function statusOf(cluster: Cluster, repository: GitRepository, publish: Publish): Promise<object> {
  const { generation, annotations } = repository.metadata;
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const ready = (status: string, reason: string, message: string) => ({
    observedGeneration: generation,
    lastHandledReconcileAt: annotations?.[REQUESTED] ?? null,
    conditions: [
      { type: 'Ready', status, reason, message, lastTransitionTime: now, observedGeneration: generation },
    ],
  });
  try {
    const { url, ref } = repository.spec;
    const packed = await packBranch(url, ref?.branch ?? 'master', await loginOf(cluster, repository));
    const { revision, digest, archive } = packed;
    const artifact = { ...publish(packed), revision, digest, size: archive.length, lastUpdateTime: now };
    return { ...ready('True', 'Succeeded', `stored artifact for revision '${revision}'`), artifact };
  } catch (error) {
    return ready('False', 'GitOperationFailed', Error.isError(error) ? error.message : String(error));
  }
}

interface Login {
  readonly data: { readonly username: string; readonly password: string };
}

/** For Basic authentication. */
async function loginOf(cluster: Cluster, { metadata, spec }: GitRepository): Promise<string | undefined> {
  if (spec.secretRef === undefined) return undefined;
  const secret = await cluster.get<Login>('secret', metadata.namespace, spec.secretRef.name);
  if (!secret) throw new Error(`secrets "${spec.secretRef.name}" not found`);
  const [username, password] = [secret.data.username, secret.data.password].map((value) =>
    Buffer.from(value, 'base64').toString(),
  );
  return Buffer.from(`${username}:${password}`).toString('base64');
}
