import { setTimeout as sleep } from 'node:timers/promises';
import { type Certificate, type Repository, startWebsites, type Websites } from '@gitops-actions/testkit';
import { parse } from 'yaml';

/** How long a commit takes to be running, in milliseconds: a controller's reconciliation, made short. */
const ROLLOUT = 400;

/** Stands in for Argo CD and the ingress: applies `previews/` of the GitOps repository and answers for its hosts. */
export interface Cluster extends AsyncDisposable {
  /** For `http_proxy`: every host name leads to this cluster. */
  readonly proxyUrl: string;
  /** Hosts that answer now, with the image that runs there. */
  readonly running: ReadonlyMap<string, string>;
}

/**
 * Starts the stand-in on loopback; it follows the repository's main branch.
 *
 * @param certificate of the previews; without it they have plain HTTP
 */
export async function startCluster(gitops: Repository, certificate?: Certificate): Promise<Cluster> {
  const running = new Map<string, string>();
  const stopping = new AbortController();
  const websites: Websites = await startWebsites(({ host }) => {
    const image = running.get(host.replace(/:\d+$/, ''));
    return image === undefined
      ? { status: 503, body: 'no such preview' }
      : { status: 200, body: `<h1>It works</h1><p>${image}</p>` };
  }, certificate);
  const following = follow(gitops, running, stopping.signal);
  return {
    proxyUrl: websites.proxyUrl,
    running,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await following;
      await websites.close();
    },
  };
}

async function follow(gitops: Repository, running: Map<string, string>, signal: AbortSignal): Promise<void> {
  let applied = '';
  while (!signal.aborted) {
    const head = await gitops.head('main');
    if (head !== applied) {
      const wanted = await previewsOf(gitops).catch(async (error: unknown) => {
        // A commit came between two reads: the next look finds it.
        if ((await gitops.head('main')) === head) throw error;
        return undefined;
      });
      if (wanted === undefined) continue;
      await sleep(ROLLOUT);
      for (const host of running.keys()) if (!wanted.has(host)) running.delete(host);
      for (const [host, image] of wanted) running.set(host, image);
      applied = head;
    }
    await sleep(50);
  }
}

/** Host → image, from the manifests that the previews consist of. */
async function previewsOf(gitops: Repository): Promise<ReadonlyMap<string, string>> {
  const paths = await gitops.list('main', 'previews/');
  const ingresses = paths.filter((path) => path.endsWith('/ingress.yaml'));
  const pairs = await Promise.all(
    ingresses.map(async (path) => {
      const ingress = parse(await gitops.read('main', path)) as { spec: { rules: { host: string }[] } };
      const deployment = parse(
        await gitops.read('main', path.replace('ingress.yaml', 'deployment.yaml')),
      ) as {
        spec: { template: { spec: { containers: { image: string }[] } } };
      };
      return [
        ingress.spec.rules[0]?.host ?? '',
        deployment.spec.template.spec.containers[0]?.image ?? '',
      ] as const;
    }),
  );
  return new Map(pairs);
}
