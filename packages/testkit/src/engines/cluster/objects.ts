import type { Api } from './api.ts';
import type { Kinds } from './kinds.ts';
import type { KubernetesObject, Objects } from './types.ts';

interface Answer {
  readonly metadata: { readonly managedFields?: unknown };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Objects as kubectl shows and applies them; a process for each question would cost more than the answer. */
export function createObjects(api: Api, kinds: Kinds): Objects {
  return {
    async get<T extends object = KubernetesObject>(kind: string, namespace: string, name: string) {
      const found = await api.read((await kinds.named(kind)).path(namespace, name));
      return found === undefined ? undefined : (shown(found as Answer) as T);
    },
    async list<T extends object = KubernetesObject>(names: string, namespace: string, selector = '') {
      const query = selector === '' ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
      const found: T[] = [];
      for (const name of names.split(',')) {
        const { apiVersion, kind, path } = await kinds.named(name);
        const { items } = (await api.read(`${path(namespace)}${query}`)) as { items: Answer[] };
        found.push(...items.map((item) => ({ apiVersion, kind, ...shown(item) }) as unknown as T));
      }
      return found;
    },
    async apply(...objects) {
      for (const object of objects) {
        const { apiVersion, kind, metadata } = object as Manifest;
        const { path } = await kinds.of(apiVersion, kind);
        await api.apply(path(metadata.namespace ?? 'default', metadata.name), object);
      }
    },
  };
}

/** Without who owns which field. */
function shown({ metadata: { managedFields: _, ...metadata }, ...object }: Answer): object {
  return { ...object, metadata };
}
