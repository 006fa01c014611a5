import type { ImageReference } from '../image/index.ts';

/** Whether a key says that an image stands under it: `image`, `redisImage`, `images`, `IMAGE_NAME`, `/spec/image`. */
export function saysImage(key: string): boolean {
  return /images?$|image[-_.]?(?:name|ref|reference|uri|url|repository|tag|list)$/i.test(key);
}

/**
 * Whether a scalar is taken for a host and its port, such as `redis:6379`: no key says image, the name has neither a
 * registry nor a slash, and the tag may be the number of a port. Nothing but a key could tell the two apart.
 *
 * @param reference the scalar as a reference
 */
export function isHostAndPort(
  found: { readonly saysImage: boolean },
  { written, tag = '', digest }: ImageReference,
): boolean {
  if (found.saysImage || digest !== undefined || written.includes('/')) return false;
  return /^\d{1,5}$/.test(tag) && Number(tag) <= 65535;
}
