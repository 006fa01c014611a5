import type { Content, Image } from './image.ts';

/** How the kit's own uploads are told from a test's requests. */
export const KIT = 'testkit';

/** Sends one request with the kit's own right to push; throws unless it is answered with `status`. */
export type Upload = (method: string, path: string, status: number, content?: Content) => Promise<Response>;

/** A client for pushing; `authorize` gives the header for a repository. */
export function createUpload(url: string, authorize: () => Promise<string | undefined>): Upload {
  return async (method, path, status, content) => {
    const authorization = await authorize();
    const headers = {
      'user-agent': KIT,
      ...(content && { 'content-type': content.mediaType }),
      ...(authorization !== undefined && { authorization }),
    };
    const body = content ? { body: new Uint8Array(content.bytes) } : {};
    const response = await fetch(new URL(path, url), { method, headers, ...body });
    if (response.status === status) return response;
    throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  };
}

/** Pushes blobs, then manifests by digest, the last one by tag. */
export async function pushImage(
  upload: Upload,
  repository: string,
  tag: string,
  image: Image,
): Promise<string> {
  for (const blob of image.blobs) {
    const started = await upload('POST', `/v2/${repository}/blobs/uploads/`, 202);
    const location = started.headers.get('location') ?? '';
    await upload('PUT', `${location}?digest=${blob.digest}`, 201, blob);
  }
  let digest = '';
  for (const [index, manifest] of image.manifests.entries()) {
    const isLast = index === image.manifests.length - 1;
    await upload('PUT', `/v2/${repository}/manifests/${isLast ? tag : manifest.digest}`, 201, manifest);
    digest = manifest.digest;
  }
  return digest;
}
