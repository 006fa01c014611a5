import { isAlias, isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Anchors } from './anchors.ts';
import { type Field, fieldsOfMap, segment, textOf } from './fields.ts';
import type { Step } from './value-path.ts';

/** A map that has all of a path but its last key. */
export interface MissingKey {
  readonly map: YAMLMap;
  readonly path: string;
  readonly key: string;
  readonly inside: string | undefined;
}

export interface PathMatches {
  readonly found: readonly Field[];
  readonly missing: readonly MissingKey[];
}

/** Every place of a document that a path leads to. Aliases are followed, and what is behind one counts as inside its anchor. */
export function followPath(root: Node | null, steps: readonly Step[], anchors: Anchors): PathMatches {
  const found: Field[] = [];
  const missing: MissingKey[] = [];
  if (root !== null) follow({ node: root, path: '', inside: undefined, isMerged: false }, 0);
  return { found, missing };

  function follow(field: Field, done: number): void {
    const step = steps[done];
    if (step === undefined) {
      found.push(field);
      return;
    }
    const node = anchors.resolve(field.node);
    if (node === undefined) return;
    const anchor = isAlias(field.node) || anchors.isShared(node) ? node.anchor : undefined;
    const inside = anchor ?? field.inside;
    const next = stepInto(node, step, { ...field, inside }, anchors);
    for (const child of next) follow({ ...child, isMerged: child.isMerged || field.isMerged }, done + 1);
    const isLast = done === steps.length - 1 && step.kind === 'key' && isMap(node);
    if (isLast && !field.isMerged && next.every(({ isMerged }) => isMerged))
      missing.push({ map: node, path: field.path + segment(step.key, field.path), key: step.key, inside });
  }
}

function stepInto(node: Node, step: Step, { path, inside }: Field, anchors: Anchors): readonly Field[] {
  if (step.kind === 'key') {
    if (!isMap(node)) return [];
    const field = fieldsOfMap(node, path, inside, anchors).get(step.key);
    return field === undefined ? [] : [field];
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index) => {
    const isMeant = step.kind === 'index' ? step.index === index : hasText(item, step, anchors);
    return isMeant ? [{ node: item as Node, path: `${path}[${index}]`, inside, isMerged: false }] : [];
  });
}

function hasText(
  item: unknown,
  step: { readonly key: string; readonly text: string },
  anchors: Anchors,
): boolean {
  if (!isMap(item)) return false;
  return textOf(fieldsOfMap(item, '', undefined, anchors).get(step.key), anchors) === step.text;
}
