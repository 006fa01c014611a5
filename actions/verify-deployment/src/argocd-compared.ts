import { isDeepStrictEqual } from 'node:util';
import {
  type Application,
  type ApplicationDestination,
  type ComparedTo,
  sourcesOf,
} from '@gitops-actions/core/controller';

type Spec = Application['spec'];

/**
 * Whether what an Application says is about its sources and its destination as they stand now. Argo CD writes down what it
 * compared with, but leaves out, or adds, what is empty.
 *
 * @param compared `status.sync.comparedTo`; undefined counts as the same
 */
export function wasComparedWith(compared: ComparedTo | undefined, spec: Spec): boolean {
  if (compared === undefined) return true;
  if (!isDeepStrictEqual(listOf(compared), listOf(spec))) return false;
  return compared.destination === undefined || isSamePlace(compared.destination, spec?.destination);
}

/** A cluster has an address and a name; Argo CD may write down both where people write one. */
function isSamePlace(one: ApplicationDestination, other: ApplicationDestination = {}): boolean {
  const isSame = (key: keyof ApplicationDestination) => (one[key] ?? '') === (other[key] ?? '');
  const isShared = (key: 'server' | 'name') => isSame(key) && (one[key] ?? '') !== '';
  return (
    isSame('namespace') && (isShared('server') || isShared('name') || (isSame('server') && isSame('name')))
  );
}

/** One with several sources has an empty single one beside them. */
function listOf(of: Spec): readonly unknown[] {
  return sourcesOf(of).flatMap((source) => withoutEmpty(source) ?? []);
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.flatMap((item: unknown) => withoutEmpty(item) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== 'object') return value || undefined;
  const entries = Object.entries(value ?? {}).flatMap(([key, inner]: [string, unknown]) => {
    const kept = withoutEmpty(inner);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
