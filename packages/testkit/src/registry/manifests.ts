import type { Answer } from '../http/answer.ts';
import { RegistryRefusal } from './refusal.ts';
import type { Handler, RegistryCall } from './routes.ts';
import { digestOf, type Manifest, type Store } from './store.ts';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const MANIFEST_ROUTES: Readonly<Record<string, Handler>> = {
  'GET /v2/{name}/manifests/{reference}': read,
  'HEAD /v2/{name}/manifests/{reference}': read,
  'PUT /v2/{name}/manifests/{reference}': write,
  'DELETE /v2/{name}/manifests/{reference}': remove,
  'GET /v2/{name}/tags/list': list,
};

interface Parts {
  mediaType?: string;
  config?: { digest: string };
  layers?: { digest: string }[];
  manifests?: { digest: string }[];
}

/** The manifest that a tag or digest names. */
export function findManifest(store: Store, name: string, reference: string): Manifest {
  if (!store.has(name))
    throw new RegistryRefusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const { tags, manifests } = store.contents(name);
  const manifest = manifests.get(tags.get(reference) ?? reference);
  if (!manifest) throw new RegistryRefusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  return manifest;
}

function read({ store, name, reference, headers, digestHeader }: RegistryCall): Answer {
  const { digest, mediaType, body } = findManifest(store, name, reference);
  const accept = headers.accept ?? '*/*';
  // The reference implementation hides what the client did not say it understands.
  if (!accept.includes('*/*') && !accept.includes(mediaType))
    throw new RegistryRefusal(
      404,
      'MANIFEST_UNKNOWN',
      `${mediaType} found, but accept header does not support it`,
    );
  const told = digestHeader ? { 'docker-content-digest': digest } : {};
  return { status: 200, headers: { 'content-type': mediaType, ...told }, body };
}

function write({ store, name, reference, headers, body }: RegistryCall): Answer {
  const mediaType = headers['content-type'] ?? '';
  const digest = digestOf(body);
  if (reference.includes(':') && reference !== digest)
    throw new RegistryRefusal(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  refuseParts(store, name, parse(body, mediaType));
  const { manifests, tags } = store.contents(name);
  manifests.set(digest, { digest, mediaType, body });
  if (!reference.includes(':')) tags.set(reference, digest);
  const location = `/v2/${name}/manifests/${reference}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}

function parse(body: Buffer, mediaType: string): Parts {
  try {
    const parts: Parts = JSON.parse(body.toString());
    if (parts.mediaType === undefined || parts.mediaType === mediaType) return parts;
  } catch {
    // Not JSON at all.
  }
  throw new RegistryRefusal(400, 'MANIFEST_INVALID', 'manifest invalid');
}

/** A manifest may only name what is there already. */
function refuseParts(store: Store, name: string, { config, layers = [], manifests = [] }: Parts): void {
  const contents = store.contents(name);
  const blobs = [...(config ? [config] : []), ...layers].map(({ digest }) => digest);
  const absent = [
    ...blobs.filter((digest) => !contents.blobs.has(digest)),
    ...manifests.map(({ digest }) => digest).filter((digest) => !contents.manifests.has(digest)),
  ];
  if (absent.length > 0)
    throw new RegistryRefusal(400, 'MANIFEST_BLOB_UNKNOWN', `${absent.join(', ')} unknown to registry`);
}

function remove({ store, name, reference }: RegistryCall): Answer {
  const { digest } = findManifest(store, name, reference);
  const { manifests, tags } = store.contents(name);
  tags.delete(reference);
  if (reference === digest) {
    manifests.delete(digest);
    for (const [tag, named] of tags) if (named === digest) tags.delete(tag);
  }
  return { status: 202 };
}

function list({ store, name }: RegistryCall): Answer {
  if (!store.has(name))
    throw new RegistryRefusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  return { status: 200, body: { name, tags: [...store.contents(name).tags.keys()].sort() } };
}
