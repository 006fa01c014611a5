import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './objects.ts';

/** Which object is meant; the namespace is empty for one that has none or leaves it to the caller. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Aliases may make a small text a large value. */
const MOST_ALIASES = 1000;

/**
 * The objects of a rendered manifest. A `List` counts as its items. Of a key that stands twice the last counts, as it does
 * for helm and the API server.
 *
 * @throws Error when a document is not valid YAML or is no Kubernetes object
 */
export function parseManifest(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text, { merge: true, uniqueKeys: false }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`The rendered manifest is not valid YAML: ${error.message.split('\n')[0]}`);
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return value === null || value === undefined ? [] : objectsOf(value);
  });
}

function objectsOf(value: unknown): readonly KubernetesObject[] {
  const object = value as Partial<KubernetesObject> & { readonly items?: readonly unknown[] };
  if (typeof object !== 'object' || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string')
    throw new Error('The rendered manifest holds a document without "kind" and "apiVersion".');
  if (object.kind.endsWith('List') && Array.isArray(object.items)) return object.items.flatMap(objectsOf);
  if (typeof object.metadata?.name !== 'string')
    throw new Error(`The rendered manifest holds a ${object.kind} without "metadata.name".`);
  return [object as KubernetesObject];
}

/** Which object this is. */
export function referenceOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** For people: `Deployment web`. */
export function describeReference({ kind, name }: Pick<ObjectReference, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** References as text that `parseReferences` reads: one JSON object a line. */
export function formatReferences(references: readonly ObjectReference[]): string {
  return references.map((reference) => `${JSON.stringify(reference)}\n`).join('');
}

/** @throws Error when a line is no reference */
export function parseReferences(text: string): readonly ObjectReference[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const { apiVersion, kind, namespace, name } = JSON.parse(line) as Partial<ObjectReference>;
    if ([apiVersion, kind, namespace, name].some((part) => typeof part !== 'string'))
      throw new Error(`The inventory of a preview holds ${line}, which names no object.`);
    return [{ apiVersion, kind, namespace, name } as ObjectReference];
  });
}
