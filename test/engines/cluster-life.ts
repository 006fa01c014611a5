import {
  type Cluster,
  corePath,
  createObject,
  deleteObject,
  type KubernetesObject,
  listObjects,
  readObject,
  replaceObject,
} from '@gitops-actions/core/kubernetes';
import { never } from './helm-stage.ts';

/** What differs between two lives. */
const UNSTABLE = /^(?:uid|resourceVersion|creationTimestamp|time)$/;

/** Everything that happens to a ConfigMap, one after the other: what is there, or the reason and the words of a refusal. */
export async function lifeOf(cluster: Cluster, namespace: string, name: string): Promise<readonly unknown[]> {
  const [all, one] = [configMapPath(namespace), configMapPath(namespace, name)];
  const made = await createObject(cluster, all, configMap(name), never);
  const { uid, resourceVersion } = made.metadata;
  const illegal = { ...made, metadata: { ...made.metadata, labels: { 'ä b/c': 'd' } } };
  const changed = { ...made, data: { text: 'ä\n"' } };
  const told = [
    await outcome(() => createObject(cluster, all, configMap(name), never)),
    await outcome(() => replaceObject(cluster, one, illegal, never)),
    await replaceObject(cluster, one, changed, never),
    await outcome(() => replaceObject(cluster, one, made, never)),
    await listObjects(cluster, all, { fieldSelector: `metadata.name=${name}`, limit: '1' }, never),
    await outcome(() => deleteObject(cluster, one, { resourceVersion }, never)),
    await outcome(() => deleteObject(cluster, one, { uid }, never)),
    await outcome(() => deleteObject(cluster, one, { uid }, never)),
    await readObject(cluster, one, never),
    await outcome(() => readObject(cluster, '/apis/no.such.group/v1/things', never)),
    await outcome(() => replaceObject(cluster, one, configMap(name), never)),
    await outcome(() => createObject(cluster, configMapPath('elsewhere'), configMap(name), never)),
    await outcome(() => readObject(cluster, corePath('secrets', 'kube-system'), never)),
  ];
  return told.map((value) => stable(value, name));
}

/** An empty ConfigMap. */
export function configMap(name: string): KubernetesObject & { readonly data?: object } {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
}

/** The path of a ConfigMap, or of all of a namespace. */
export function configMapPath(namespace: string, name?: string): string {
  return corePath('configmaps', namespace, name);
}

/** `done`, or such as `Forbidden: The cluster refused: …`. */
export async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (!Error.isError(error) || !('reason' in error)) throw error;
    return `${error.reason}: ${error.message}`;
  }
}

function stable(value: unknown, name: string): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value, (key, inner: unknown) => (UNSTABLE.test(key) ? undefined : inner));
  const named = text.replaceAll(name, 'NAME').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UID');
  return JSON.parse(named.replace(/\(\d+\)/g, '(VERSION)')) as unknown;
}
