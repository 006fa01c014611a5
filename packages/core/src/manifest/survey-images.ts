import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { type Field, fieldsOfMap, fieldsOfParameters, keyText, segment, textOf } from './fields.ts';
import { saysImage } from './image-keys.ts';
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
  /** Its key says that it is an image, or the key of the map or list it stands in, or the `name` or `path` beside a `value`. */
  readonly saysImage: boolean;
}

/** Everything in a text that may say which image runs, whatever image that is. */
export interface ImageSurvey {
  readonly source: YamlText;
  readonly records: readonly FoundRecord[];
  readonly scalars: readonly FoundScalar[];
}

/** How a node is reached. */
interface Way {
  readonly path: string;
  readonly key: string | undefined;
  /** Of the map or list around it. */
  readonly outer: string | undefined;
  /** Name of an anchor around it. */
  readonly inside: string | undefined;
}

/** Walks a text once; the images are then found by comparing names. Aliases are not followed, but what they stand for is. */
export function surveyImages(source: YamlText): ImageSurvey {
  const { anchors } = source;
  const records: FoundRecord[] = [];
  const scalars: FoundScalar[] = [];
  const top: Way = { path: '', key: undefined, outer: undefined, inside: undefined };
  for (const { contents } of source.documents) visit(contents, top);
  return { source, records, scalars };

  function visit(node: unknown, way: Way): void {
    const { path, key, outer } = way;
    const isShared = (isMap(node) || isSeq(node)) && anchors.isShared(node);
    const inside = isShared ? node.anchor : way.inside;
    if (isMap(node)) visitMap(node, { ...way, inside });
    else if (isSeq(node)) {
      for (const fields of fieldsOfParameters(node.items, path, inside, anchors)) add(fields, path);
      for (const [index, item] of node.items.entries())
        visit(item, { path: `${path}[${index}]`, key: undefined, outer: key ?? outer, inside });
    } else if (isScalar(node) || isAlias(node)) addScalar(node, way);
  }

  function visitMap(map: YAMLMap, { path, key, outer, inside }: Way): void {
    const fields = fieldsOfMap(map, path, inside, anchors);
    add(fields, path, map);
    // Of an environment variable, a parameter or a patch this is the key.
    const label = textOf(fields.get('name') ?? fields.get('path'), anchors);
    for (const pair of map.items) {
      const name = keyText(pair.key) ?? '';
      const isLabelled = name === 'value' || name === 'default';
      const around = isLabelled ? label : undefined;
      visit(pair.value, {
        path: path + segment(name, path),
        key: name,
        outer: around ?? key ?? outer,
        inside,
      });
    }
  }

  function addScalar(node: Node, { path, key, outer, inside }: Way): void {
    const scalar = anchors.resolve(node);
    if (!isScalar(scalar) || typeof scalar.value !== 'string') return;
    scalars.push({
      node,
      path,
      key,
      saysImage: [key, outer].some((name) => name !== undefined && saysImage(name)),
      inside,
      isMerged: false,
      scalar: scalar as Scalar<string>,
    });
  }

  function add(fields: ReadonlyMap<string, Field>, path: string, map?: YAMLMap): void {
    records.push(...recordsOf(fields, anchors).map((record) => ({ ...record, map, path })));
  }
}
