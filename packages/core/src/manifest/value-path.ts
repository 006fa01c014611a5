import { isAlias, isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Anchors } from './anchors.ts';
import { type Field, fieldsOfMap, segment, textOf } from './fields.ts';

/** One step of a path: a key of a map, a position in a list, or the entries of a list with a key of this text. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'entry'; readonly key: string; readonly text: string };

const STEP =
  /(?<dot>\.?)(?<key>[^\s.[\]"'=:#]+)|\[(?:(?<quoted>"(?:[^"\\]|\\.)*")|(?<index>\d{1,9})|(?<name>[^\s[\]"'=]+)=(?:(?<textQuoted>"(?:[^"\\]|\\.)*")|(?<text>[^[\]"]+)))\]/y;

/**
 * Reads a path from the start of a text: `a.b`, `["a.b/c"]`, `[name=web]`, `[0]`.
 *
 * @returns the steps, and where the path ends; undefined when the text begins with no path
 */
export function readPath(
  text: string,
): { readonly steps: readonly Step[]; readonly end: number } | undefined {
  const steps: Step[] = [];
  let end = 0;
  for (;;) {
    STEP.lastIndex = end;
    const groups = STEP.exec(text)?.groups;
    if (groups === undefined) break;
    // A dot stands between keys, and only there.
    if (groups.key !== undefined && (groups.dot === '.') !== end > 0) return undefined;
    const step = stepOf(groups);
    if (step === undefined) return undefined;
    steps.push(step);
    end = STEP.lastIndex;
  }
  return steps.length === 0 ? undefined : { steps, end };
}

function stepOf(groups: Readonly<Record<string, string | undefined>>): Step | undefined {
  const { key, quoted, index, name, text, textQuoted } = groups;
  if (key !== undefined) return { kind: 'key', key };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  try {
    const read = (json: string): string => JSON.parse(json) as string;
    if (quoted !== undefined) return { kind: 'key', key: read(quoted) };
    return {
      kind: 'entry',
      key: name ?? '',
      text: textQuoted === undefined ? (text ?? '') : read(textQuoted),
    };
  } catch {
    return undefined;
  }
}

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
