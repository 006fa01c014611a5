import { randomUUID } from 'node:crypto';
import type { Answer } from '../http/answer.ts';
import { RegistryRefusal } from './refusal.ts';
import type { Handler, RegistryCall } from './routes.ts';
import { digestOf } from './store.ts';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export const BLOB_ROUTES: Readonly<Record<string, Handler>> = {
  'GET /v2/{name}/blobs/{digest}': read,
  'HEAD /v2/{name}/blobs/{digest}': read,
  'POST /v2/{name}/blobs/uploads/': start,
  'PATCH /v2/{name}/blobs/uploads/{reference}': append,
  'PUT /v2/{name}/blobs/uploads/{reference}': finish,
};

function read({ store, name, reference }: RegistryCall): Answer {
  const blob = store.has(name) ? store.contents(name).blobs.get(reference) : undefined;
  if (!blob) throw new RegistryRefusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  const headers = { 'content-type': 'application/octet-stream', 'docker-content-digest': reference };
  return { status: 200, headers, body: blob };
}

function start(call: RegistryCall): Answer {
  const { store, url, name, body } = call;
  const digest = url.searchParams.get('digest');
  if (digest !== null) return keep(call, digest, body);
  const mounted = mount(call);
  if (mounted) return mounted;
  const id = randomUUID();
  store.uploads.set(id, Buffer.alloc(0));
  return { status: 202, headers: { location: `/v2/${name}/blobs/uploads/${id}`, range: '0-0' } };
}

/** Another repository's blob, when the client knows that it is there. */
function mount({ store, url, name }: RegistryCall): Answer | undefined {
  const digest = url.searchParams.get('mount') ?? '';
  const from = url.searchParams.get('from') ?? '';
  const blob = store.has(from) ? store.contents(from).blobs.get(digest) : undefined;
  if (!blob) return undefined;
  store.contents(name).blobs.set(digest, blob);
  return created(name, digest);
}

function append({ store, name, reference, body }: RegistryCall): Answer {
  const bytes = Buffer.concat([upload({ store, reference }), body]);
  store.uploads.set(reference, bytes);
  const location = `/v2/${name}/blobs/uploads/${reference}`;
  return { status: 202, headers: { location, range: `0-${Math.max(0, bytes.length - 1)}` } };
}

function finish(call: RegistryCall): Answer {
  const bytes = Buffer.concat([upload(call), call.body]);
  const answer = keep(call, call.url.searchParams.get('digest') ?? '', bytes);
  call.store.uploads.delete(call.reference);
  return answer;
}

function upload({ store, reference }: Pick<RegistryCall, 'store' | 'reference'>): Buffer {
  const bytes = store.uploads.get(reference);
  if (!bytes) throw new RegistryRefusal(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  return bytes;
}

function keep({ store, name }: RegistryCall, digest: string, bytes: Buffer): Answer {
  if (digestOf(bytes) !== digest)
    throw new RegistryRefusal(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  store.contents(name).blobs.set(digest, bytes);
  return created(name, digest);
}

function created(name: string, digest: string): Answer {
  const location = `/v2/${name}/blobs/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}
