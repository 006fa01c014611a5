import { isAlias, isScalar, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { Field } from './fields.ts';
import { start, type YamlText } from './yaml-text.ts';

/** A value that a scalar takes. Numbers are written as they were given, such as `1.50`. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'plain'; readonly value: number | boolean | null; readonly text: string };

/** Keys and values of a map, in their order. */
export type Entry = readonly (readonly [key: string, value: Value])[];

/** What is to become of one text. */
export interface Edits {
  readonly scalars: Map<Scalar, Value>;
  /** Every value that was asked for, also where it stands already. */
  readonly claims: Map<Scalar, Value>;
  /** Keys behind the last one of a map; a list of entries is a value too. */
  readonly pairs: Map<YAMLMap, (readonly [key: string, value: Value | readonly Entry[]])[]>;
  /** Entries behind the last one of a list. */
  readonly items: Map<YAMLSeq, Entry[]>;
  /** Parts of comments to remove, as string indices. */
  readonly cuts: Map<number, number>;
  /** Comments to add, by string index. */
  readonly comments: Map<number, string>;
}

/** Nothing to be done yet. */
export function noEdits(): Edits {
  return {
    scalars: new Map(),
    claims: new Map(),
    pairs: new Map(),
    items: new Map(),
    cuts: new Map(),
    comments: new Map(),
  };
}

/**
 * Refuses a field whose text cannot be replaced without touching something else.
 *
 * @returns the node as a scalar that can be spliced
 * @throws ConfigurationError with file and line for an alias, an anchor, a merge key, a block scalar, a map or a list
 */
export function spliceable(source: YamlText, { node, path, inside, isMerged }: Field): Scalar {
  const refuse = (what: string) =>
    new ConfigurationError(`${source.at(start(node))}: ${path} ${what}; nothing was written.`);
  if (isAlias(node))
    throw refuse(
      `is the alias *${node.source}, and changing it would change its anchor; write the value out`,
    );
  if (!isScalar(node)) throw refuse('is not a single value');
  if (isMerged) throw refuse('comes through a merge key (<<); write it in the map itself');
  if (source.anchors.isShared(node))
    throw refuse(`carries the anchor &${node.anchor}, and its aliases would change with it`);
  if (inside !== undefined)
    throw refuse(`stands inside the anchor &${inside}, and its aliases would change with it`);
  if (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL)
    throw refuse('is a block of text (| or >); write it on one line');
  return node;
}

/**
 * Plans the new value of a field.
 *
 * @param isUpdated false when the value stands there already
 * @throws ConfigurationError when it cannot be replaced, shall take two values, or has an explicit tag (`!!int`) that forbids it
 */
export function planScalar(
  source: YamlText,
  edits: Edits,
  field: Field,
  value: Value,
  isUpdated: boolean,
): void {
  const scalar = spliceable(source, field);
  const refuse = (what: string) =>
    new ConfigurationError(`${source.at(start(scalar))}: ${field.path} ${what}. Nothing was written.`);
  const before = edits.claims.get(scalar);
  if (before !== undefined && (before.text !== value.text || before.kind !== value.kind))
    throw refuse(`is set twice, to ${before.text} and to ${value.text}; set it once`);
  edits.claims.set(scalar, value);
  if (!isUpdated) return;
  if (scalar.tag !== undefined && (scalar.tag !== 'tag:yaml.org,2002:str' || value.kind !== 'text'))
    throw refuse(`carries the tag ${scalar.tag}, which fixes its type; remove the tag`);
  edits.scalars.set(scalar, value);
}
