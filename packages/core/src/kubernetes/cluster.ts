import type { Exec } from '../exec/index.ts';

/** A cluster, as kubectl and helm reach it. */
export interface Cluster {
  readonly exec: Exec;
  /** The whole environment of both programs: the job's, with KUBECONFIG. */
  readonly env: Readonly<Record<string, string>>;
  /** Left out: a kubectl is started for each request. */
  readonly proxy?: ApiProxy;
}

/** A request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
}

/** What the API server answered. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export type ApiAnswer =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string };

/**
 * A way to the API server that needs no kubectl for each request.
 *
 * @returns undefined when it has no answer that decides
 */
export type ApiProxy = (request: ApiRequest, signal: AbortSignal) => Promise<ApiAnswer | undefined>;
