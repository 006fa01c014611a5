import { createHash } from 'node:crypto';

const LABEL_LENGTH = 63;
const HASH_LENGTH = 8;

/**
 * A release id as the value of a Kubernetes label. An id that is one already stays as it is; otherwise it is cut, loses
 * signs at its ends, and gets a hash of the whole id, so that two ids that are cut alike keep labels of their own.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 *
 * @param id a valid image tag
 */
export function labelOf(id: string): string {
  if (id.length <= LABEL_LENGTH && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(id)) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, HASH_LENGTH);
  const stem = id.slice(0, LABEL_LENGTH - HASH_LENGTH - 1).replace(/^[._-]+|[._-]+$/g, '');
  return stem === '' ? hash : `${stem}-${hash}`;
}
