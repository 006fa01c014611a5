import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Cluster } from '@gitops-actions/testkit';
import { parse, stringify } from 'yaml';

/** What a user of `kubeconfig` asked the API server. */
export interface CountedApi extends AsyncDisposable {
  /** The deployer's, by way of a proxy that counts. */
  readonly kubeconfig: string;
  /** `GET /apis/…` of all requests so far, in order; discovery apart. */
  requests(): readonly string[];
  /** How many requests were discovery, which kubectl does before it annotates. */
  discovery(): number;
}

interface KubeConfig {
  clusters: [{ cluster: { server: string; 'certificate-authority-data'?: string } }];
  users: [{ user: { token: string } }];
}

/** A proxy in front of the API server, which does the deployer's requests in its place. */
export async function countedApi(cluster: Cluster): Promise<CountedApi> {
  const config = parse(cluster.deployerKubeconfig) as KubeConfig;
  const { server, 'certificate-authority-data': authority = '' } = config.clusters[0].cluster;
  const { token } = config.users[0].user;
  const ca = Buffer.from(authority, 'base64').toString();
  const seen: string[] = [];
  const proxy = createServer((incoming: IncomingMessage, answer: ServerResponse) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { method } = incoming;
    // kubectl sends no token to an address without TLS.
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    const outgoing = request(new URL(incoming.url ?? '/', server), { method, headers, ca }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders();
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  config.clusters[0].cluster = { server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  return {
    kubeconfig: stringify(config),
    requests: () => seen.filter((line) => !isDiscovery(line)),
    discovery: () => seen.filter(isDiscovery).length,
    [Symbol.asyncDispose]: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** Which APIs there are, and what is in them. */
function isDiscovery(line: string): boolean {
  return /^GET \/(?:api|apis|openapi)(?:\/[^/?]+(?:\/v[^/?]+)?)?(?:\?.*)?$/.test(line);
}
