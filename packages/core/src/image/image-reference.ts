/**
 * An image reference in its parts. Grammar: https://github.com/distribution/reference/blob/main/reference.go
 */
export interface ImageReference {
  /** The name as it was written, without tag and digest: `nginx`, `ghcr.io/acme/orders`. */
  readonly written: string;
  /** The full name that registries know: `docker.io/library/nginx`. Two references are of one image when these agree. */
  readonly name: string;
  readonly tag: string | undefined;
  /** Such as `sha256:…`. */
  readonly digest: string | undefined;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?';
const NAME = new RegExp(`^(?:(${HOST})/)?(${COMPONENT}(?:/${COMPONENT})*)$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}$/;
/** Names are at most 255 long; tag, digest and separators come on top. */
const LONGEST = 255 + 1 + 128 + 1 + 160;

/**
 * Parses `name`, `name:tag`, `name@digest` or `name:tag@digest`.
 *
 * @returns undefined when the text is no image reference
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST) return undefined;
  const [beforeDigest = '', digest, more] = text.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const written = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  const name = normalizeImageName(written);
  const isValid =
    more === undefined &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  return name !== undefined && isValid ? { written, name, tag, digest } : undefined;
}

/**
 * The full name of an image, as Docker completes it: `nginx` is `docker.io/library/nginx`.
 *
 * @returns undefined when the text is no image name
 */
export function normalizeImageName(written: string): string | undefined {
  const match = written.length <= 255 ? NAME.exec(written) : null;
  if (match === null) return undefined;
  const [, host, path = ''] = match;
  // The first part is only a registry when it could not be a name: https://github.com/distribution/reference/blob/main/normalize.go
  const isRegistry =
    host !== undefined && (/[.:]/.test(host) || host === 'localhost' || host !== host.toLowerCase());
  if (host !== undefined && !isRegistry) return `docker.io/${written}`;
  if (host !== undefined && host !== 'docker.io' && host !== 'index.docker.io') return written;
  return path.includes('/') ? `docker.io/${path}` : `docker.io/library/${path}`;
}
