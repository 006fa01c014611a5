import type { ApiRequest, Cluster } from './cluster.ts';
import { explainCluster } from './cluster-error.ts';
import { kubectl } from './kubectl.ts';

const VERBS = { GET: 'get', POST: 'create', PUT: 'replace', DELETE: 'delete' } as const;

/**
 * Asks the API server: through the cluster's proxy, and by `kubectl --raw` where there is none or it has no answer that
 * decides: kubectl knows how to wait, to log in again and to say what is wrong. So a write whose answer was lost on the
 * first way is done again on the second: hand over only what cannot happen twice, or whose second time is told from the first.
 *
 * @returns the answer's text
 * @throws ClusterError with the server's reason, the same on both ways
 */
export async function askApi(cluster: Cluster, request: ApiRequest, signal: AbortSignal): Promise<string> {
  const answer = await cluster.proxy?.(request, signal);
  if (answer === undefined) return askKubectl(cluster, request, signal);
  if (answer.kind === 'done') return answer.text;
  const { reason, message } = answer;
  throw explainCluster(`Error from server${reason && ` (${reason})`}: ${message}`);
}

function askKubectl(
  cluster: Cluster,
  { method, path, body }: ApiRequest,
  signal: AbortSignal,
): Promise<string> {
  const args = [VERBS[method], '--raw', path];
  if (body === undefined) return kubectl(cluster, args, { signal });
  return kubectl(cluster, [...args, '-f', '-'], { signal, input: JSON.stringify(body) });
}
