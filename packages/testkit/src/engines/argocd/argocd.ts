import type { Cluster } from '../cluster/types.ts';
import { configure, NAMESPACE } from './configuration.ts';
import { startParts } from './parts.ts';
import type { Application, ArgoCd, ArgoCdOptions } from './types.ts';

/**
 * Argo CD on a cluster: repository server, application and ApplicationSet controllers, API server. It ends with the
 * cluster. Its engines: `argocd`, `kustomize`, `helm3`.
 */
export async function startArgoCd(cluster: Cluster, options: ArgoCdOptions = {}): Promise<ArgoCd> {
  await configure(cluster, options);
  const url = await startParts(cluster);
  const annotate = async (kind: string, name: string, annotation: string) => {
    await cluster.kubectl('annotate', kind, name, '-n', NAMESPACE, '--overwrite', annotation);
  };
  return {
    url,
    token: await createToken(cluster, url),
    application: (name) => cluster.get<Application>('applications.argoproj.io', NAMESPACE, name),
    refresh: (name) => annotate('applications.argoproj.io', name, 'argocd.argoproj.io/refresh=normal'),
    refreshApplicationSet: (name) =>
      annotate('applicationsets.argoproj.io', name, 'argocd.argoproj.io/application-set-refresh=true'),
  };
}

interface InitialSecret {
  readonly data: { readonly password: string };
}

/** As an administrator does it: log in with the initial password, ask for a key of the account. */
async function createToken(cluster: Cluster, url: string): Promise<string> {
  const secret = await cluster.programs.until('the initial password of Argo CD', () =>
    cluster.get<InitialSecret & object>('secret', NAMESPACE, 'argocd-initial-admin-secret'),
  );
  const password = Buffer.from(secret.data.password, 'base64').toString();
  const session = await post(`${url}/api/v1/session`, { username: 'admin', password });
  return post(`${url}/api/v1/account/ci/token`, {}, session);
}

async function post(url: string, body: object, token?: string): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${text}`);
  return (JSON.parse(text) as { token: string }).token;
}
