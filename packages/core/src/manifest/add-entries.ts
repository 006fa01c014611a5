import { type Document, isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { ImageTarget } from '../image/index.ts';
import type { Edits, Entry } from './edits.ts';
import { findBareEntry } from './find-images.ts';
import type { OpenFile, Part } from './manifest-files.ts';
import type { Place } from './places.ts';
import { start, type YamlText } from './yaml-text.ts';

interface Kustomization {
  readonly file: OpenFile;
  readonly part: Part;
  readonly source: YamlText;
  readonly map: YAMLMap;
}

/**
 * A new entry in the `images` of the one Kustomization among the files; an entry that is there without a tag gets it.
 *
 * @returns undefined when no file is a Kustomization
 * @throws ConfigurationError when several are
 */
export function placeOfEntry(files: readonly OpenFile[], target: ImageTarget): Place | undefined {
  const kustomizations = files.flatMap(kustomizationsOf);
  const [only, ...more] = kustomizations;
  if (only === undefined) return undefined;
  if (more.length > 0)
    throw new ConfigurationError(
      `The image ${nameOf(target)} can be added to ${kustomizations.length} Kustomizations (${kustomizations.map(({ file }) => file.path).join(', ')}); name one in the input "path". Nothing was written.`,
    );
  return planEntry(only, target);
}

function planEntry({ file, part, source, map }: Kustomization, target: ImageTarget): Place {
  const list = map.get('images', true);
  const bare = findBareEntry(part.images(), target);
  const at = bare ?? (isSeq(list) ? list : map);
  const line = source.line(start(at));
  const marks = bare === undefined ? undefined : part.marksAt([bare]);
  const index =
    bare !== undefined && isSeq(list) ? list.items.indexOf(bare) : isSeq(list) ? list.items.length : 0;
  const values = versionOf(target).map(([key, { text }]) => ({
    line,
    path: `images[${index}].${key}`,
    from: '',
    to: text,
    isUpdated: true,
  }));
  return {
    target,
    file: file.path,
    line,
    path: values[0]?.path ?? '',
    current: undefined,
    release: target.reference.tag ?? target.reference.digest,
    hold: file.hold() ?? marks?.hold,
    blocked: marks?.blocked,
    warning: undefined,
    values,
    nodes: bare === undefined ? [] : [bare],
    part,
    write: (edits) => {
      if (bare !== undefined) edits.pairs.set(bare, [...versionOf(target)]);
      else addEntry(edits, source, map, list, [...namesOf(target), ...versionOf(target)]);
      if (marks?.blocked !== undefined) edits.cuts.set(marks.blocked.from, marks.blocked.to);
    },
  };
}

function addEntry(edits: Edits, source: YamlText, map: YAMLMap, list: unknown, entry: Entry): void {
  if (isSeq(list)) {
    if (source.anchors.isShared(list)) throw unfit(source, list, 'is shared by an anchor');
    edits.items.set(list, [...(edits.items.get(list) ?? []), entry]);
    return;
  }
  if (map.has('images')) throw unfit(source, map, 'is not a list');
  const pairs = edits.pairs.get(map) ?? [];
  const others = pairs.filter(([key]) => key !== 'images');
  const entries = pairs.flatMap(([key, value]) => (key === 'images' && Array.isArray(value) ? value : []));
  edits.pairs.set(map, [...others, ['images', [...entries, entry]]]);
}

function kustomizationsOf(file: OpenFile): readonly Kustomization[] {
  const isNamed = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file.path);
  return file.parts.flatMap((part) => {
    if (!isNamed && !part.text.includes('kustomize.config.k8s.io/')) return [];
    const source = part.source();
    return source.documents.flatMap((document) => {
      const map = kustomizationMap(document, isNamed);
      return map === undefined ? [] : [{ file, part, source, map }];
    });
  });
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ : both fields may be left out. */
function kustomizationMap({ contents }: Document, isNamed: boolean): YAMLMap | undefined {
  if (!isMap(contents)) return undefined;
  const apiVersion = textAt(contents, 'apiVersion');
  const isOurs = apiVersion === undefined ? isNamed : apiVersion.startsWith('kustomize.config.k8s.io/');
  const kind = textAt(contents, 'kind') ?? 'Kustomization';
  return isOurs && ['Kustomization', 'Component'].includes(kind) ? contents : undefined;
}

function textAt(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key, true);
  return isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
}

function namesOf({ kustomizeName, reference }: ImageTarget): Entry {
  const text = (value: string) => ({ kind: 'text', text: value }) as const;
  if (kustomizeName === undefined) return [['name', text(reference.written)]];
  return [
    ['name', text(kustomizeName)],
    ['newName', text(reference.written)],
  ];
}

function versionOf({ reference: { tag, digest } }: ImageTarget): Entry {
  const entry = (key: string, text: string | undefined) =>
    text === undefined ? [] : [[key, { kind: 'text', text }] as const];
  return [...entry('newTag', tag), ...entry('digest', digest)];
}

function nameOf({ kustomizeName, reference }: ImageTarget): string {
  return kustomizeName ?? reference.written;
}

function unfit(source: YamlText, node: YAMLMap | YAMLSeq, what: string): ConfigurationError {
  return new ConfigurationError(
    `${source.at(start(node))}: images ${what}; add the entry there once by hand. Nothing was written.`,
  );
}
