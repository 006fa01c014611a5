import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../http/answer.ts';
import type { Store } from './store.ts';

export interface RegistryCall {
  readonly store: Store;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Repository. */
  readonly name: string;
  /** Tag, digest or upload id; empty where the route has none. */
  readonly reference: string;
  readonly digestHeader: boolean;
}

export type Handler = (call: RegistryCall) => Answer;

/** Where a request goes. `route` names it in the log and for faults. */
export interface Place {
  readonly route: string;
  readonly name: string;
  readonly reference: string;
}

const NAME = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*';
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['/v2/', /^\/v2\/?$/],
  ['/token', /^\/token$/],
  ['/v2/{name}/manifests/{reference}', new RegExp(`^/v2/(${NAME})/manifests/([\\w.:-]+)$`)],
  ['/v2/{name}/blobs/uploads/', new RegExp(`^/v2/(${NAME})/blobs/uploads/?$`)],
  ['/v2/{name}/blobs/uploads/{reference}', new RegExp(`^/v2/(${NAME})/blobs/uploads/([\\w-]+)$`)],
  ['/v2/{name}/blobs/{digest}', new RegExp(`^/v2/(${NAME})/blobs/([\\w.:-]+)$`)],
  ['/v2/{name}/tags/list', new RegExp(`^/v2/(${NAME})/tags/list$`)],
];

/** Finds the route of a request; an unknown path is a route of its own that nothing handles. */
export function placeOf(method: string, pathname: string): Place {
  for (const [shape, pattern] of SHAPES) {
    const match = pattern.exec(pathname);
    if (match) return { route: `${method} ${shape}`, name: match[1] ?? '', reference: match[2] ?? '' };
  }
  return { route: `${method} ${pathname}`, name: '', reference: '' };
}
