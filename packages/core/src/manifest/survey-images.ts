import { isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import { type Field, fieldsOfMap, fieldsOfParameters, keyText, segment } from './fields.ts';
import { type ImageRecord, recordsOf } from './image-record.ts';
import type { YamlText } from './yaml-text.ts';

export interface FoundRecord extends ImageRecord {
  readonly map: YAMLMap | undefined;
  /** Path of the list it stands in, or of the map itself. */
  readonly path: string;
}

export interface FoundScalar extends Field {
  readonly scalar: Scalar<string>;
  /** The key it is the value of; undefined in a list. */
  readonly key: string | undefined;
}

/** Everything in a text that may say which image runs, whatever image that is. */
export interface ImageSurvey {
  readonly source: YamlText;
  readonly records: readonly FoundRecord[];
  readonly scalars: readonly FoundScalar[];
}

/** Walks a text once; the images are then found by comparing names. Aliases are not followed, but what they stand for is. */
export function surveyImages(source: YamlText): ImageSurvey {
  const { anchors } = source;
  const records: FoundRecord[] = [];
  const scalars: FoundScalar[] = [];
  for (const { contents } of source.documents) visit(contents, '', undefined, undefined);
  return { source, records, scalars };

  function visit(node: unknown, path: string, key: string | undefined, around: string | undefined): void {
    const inside = isMap(node) || isSeq(node) ? (anchors.isShared(node) ? node.anchor : around) : around;
    if (isMap(node)) visitMap(node, path, inside);
    else if (isSeq(node)) {
      for (const fields of fieldsOfParameters(node.items, path, inside, anchors)) add(fields, path);
      for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`, undefined, inside);
    } else if (isScalar(node) || isAlias(node)) {
      const scalar = anchors.resolve(node);
      if (isScalar(scalar) && typeof scalar.value === 'string')
        scalars.push({ node, path, key, inside, isMerged: false, scalar: scalar as Scalar<string> });
    }
  }

  function visitMap(map: YAMLMap, path: string, inside: string | undefined): void {
    add(fieldsOfMap(map, path, inside, anchors), path, map);
    for (const pair of map.items) {
      const name = keyText(pair.key) ?? '';
      visit(pair.value, path + segment(name, path), name, inside);
    }
  }

  function add(fields: ReadonlyMap<string, Field>, path: string, map?: YAMLMap): void {
    records.push(...recordsOf(fields, anchors).map((record) => ({ ...record, map, path })));
  }
}
