import { createHash } from 'node:crypto';

export interface Manifest {
  digest: string;
  mediaType: string;
  body: Buffer;
}

interface Contents {
  blobs: Map<string, Buffer>;
  manifests: Map<string, Manifest>;
  tags: Map<string, string>;
}

/** What a registry holds; a blob belongs to the repository it was pushed to. */
export interface Store {
  contents(repository: string): Contents;
  has(repository: string): boolean;
  /** Uploads that are under way: id → bytes so far. */
  readonly uploads: Map<string, Buffer>;
}

export const digestOf = (body: Buffer): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

export function createStore(): Store {
  const repositories = new Map<string, Contents>();
  return {
    has: (repository) => repositories.has(repository),
    contents(repository) {
      const known = repositories.get(repository);
      if (known) return known;
      const fresh: Contents = { blobs: new Map(), manifests: new Map(), tags: new Map() };
      repositories.set(repository, fresh);
      return fresh;
    },
    uploads: new Map(),
  };
}
