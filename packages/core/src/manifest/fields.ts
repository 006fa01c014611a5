import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Anchors } from './anchors.ts';

/** A value of a manifest and how it is reached. */
export interface Field {
  readonly node: Node;
  /** Such as `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** Name of an anchor around it that aliases read: they would change with it. */
  readonly inside: string | undefined;
  /** It comes from another map through a merge key (`<<`). */
  readonly isMerged: boolean;
}

/** The fields of a map by their keys, merged ones too (https://yaml.org/type/merge.html): its own first, then the first map. */
export function fieldsOfMap(
  map: YAMLMap,
  path: string,
  inside: string | undefined,
  anchors: Anchors,
): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const seen = new Set<YAMLMap>();
  take(map, false);
  return fields;

  function take(from: YAMLMap, isMerged: boolean): void {
    if (seen.has(from)) return;
    seen.add(from);
    for (const { key, value } of from.items as readonly Pair<unknown, Node | null>[]) {
      const name = keyText(key);
      if (name === undefined || value === null || fields.has(name)) continue;
      fields.set(name, { node: value, path: path + segment(name, path), inside, isMerged });
    }
    for (const merged of mergedInto(from, anchors)) take(merged, true);
  }
}

/** The fields that pairs of `name` and `value` make, as Argo CD and Argo Workflows write parameters, by their last key. */
export function fieldsOfParameters(
  items: readonly unknown[],
  path: string,
  inside: string | undefined,
  anchors: Anchors,
): readonly ReadonlyMap<string, Field>[] {
  const groups = new Map<string, Map<string, Field>>();
  for (const [index, item] of items.entries()) {
    if (!isMap(item)) continue;
    const fields = fieldsOfMap(item, `${path}[${index}]`, inside, anchors);
    const [name, value] = [textOf(fields.get('name'), anchors), fields.get('value')];
    if (name === undefined || value === undefined) continue;
    const dot = name.lastIndexOf('.');
    const prefix = name.slice(0, dot + 1);
    const group = groups.get(prefix) ?? new Map<string, Field>();
    group.set(name.slice(dot + 1), value);
    groups.set(prefix, group);
  }
  return [...groups.values()];
}

/** The text of a field that is a string, also behind an alias. */
export function textOf(field: Field | undefined, anchors: Anchors): string | undefined {
  const node = field === undefined ? undefined : anchors.resolve(field.node);
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** A key as a path names it; undefined for a key that is a list or a map. */
export function keyText(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** A key as the next part of a path: `.image`, or `["a.b/c"]`. */
export function segment(key: string, path: string): string {
  if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path === '' ? key : `.${key}`;
}

function mergedInto(map: YAMLMap, anchors: Anchors): readonly YAMLMap[] {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === '<<');
  const value = pair === undefined ? undefined : anchors.resolve(pair.value as Node);
  const nodes = isSeq(value) ? value.items.map((item) => anchors.resolve(item as Node)) : [value];
  return nodes.filter((node): node is YAMLMap => isMap(node));
}
