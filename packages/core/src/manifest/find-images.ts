import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import {
  type ImageReference,
  type ImageTarget,
  normalizeImageName,
  parseImageReference,
} from '../image/index.ts';

/** One value of a manifest that belongs to an image. */
export interface ImagePlace {
  readonly node: Node;
  /** Such as `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** Which part of the reference stands there. */
  readonly holds: 'reference' | 'name' | 'tag' | 'digest';
}

/** Places of one image that belong together: a reference, or the keys of one map. */
export type ImagePlaces = readonly ImagePlace[];

const TAG_KEYS = ['newTag', 'tag'];
const NAME_KEYS = ['name', 'repository', 'image'];

/**
 * Finds an image by structure, so that a kind needs no code: a scalar that is a reference to that image, or a map whose
 * `newName`, else `name`, `repository` or `image` (with an optional `registry`) names it, with a sibling `newTag` or `tag`,
 * or `digest`. Fields: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ and the convention
 * of Helm charts. Aliases are not followed, but one that stands for the image is found, to be refused by the caller.
 */
export function findImage(document: Document, target: ImageTarget): readonly ImagePlaces[] {
  const found: ImagePlaces[] = [];
  visit(document.contents, '', '');
  return found;

  function visit(node: unknown, path: string, key: string): void {
    if (isMap(node)) {
      const places = placesOfMap(node, path, target);
      if (places.length > 0) found.push(places);
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : '';
        visit(pair.value, path + segment(name, path), name);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`, '');
    } else if (target.kustomizeName === undefined && (isScalar(node) || isAlias(node))) {
      if (isReferenceTo(scalarOf(node, document), key, target.reference))
        found.push([{ node, path, holds: 'reference' }]);
    }
  }
}

/** A scalar with a tag or digest is a reference wherever it stands; a bare name only under the key `image`. */
function isReferenceTo(scalar: Scalar | undefined, key: string, wanted: ImageReference): boolean {
  if (typeof scalar?.value !== 'string') return false;
  const reference = parseImageReference(scalar.value);
  if (reference?.name !== wanted.name) return false;
  return reference.tag !== undefined || reference.digest !== undefined || key === 'image';
}

function placesOfMap(map: YAMLMap, path: string, target: ImageTarget): ImagePlaces {
  const place = (key: string, holds: ImagePlace['holds']): ImagePlaces => {
    const node = map.get(key, true);
    return node === undefined || node === null
      ? []
      : [{ node: node as Node, path: path + segment(key, path), holds }];
  };
  const siblings = [...TAG_KEYS.flatMap((key) => place(key, 'tag')), ...place('digest', 'digest')];
  if (siblings.length === 0) return [];
  if (target.kustomizeName !== undefined) {
    return text(map, 'name') === target.kustomizeName ? [...place('newName', 'name'), ...siblings] : [];
  }
  return namesOf(map).some((name) => normalizeImageName(name) === target.reference.name) ? siblings : [];
}

function namesOf(map: YAMLMap): readonly string[] {
  const newName = text(map, 'newName');
  if (newName !== undefined) return [newName];
  const registry = text(map, 'registry');
  const names = NAME_KEYS.flatMap((key) => text(map, key) ?? []);
  return registry ? names.map((name) => `${registry}/${name}`) : names;
}

function text(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === 'string' ? value : undefined;
}

function scalarOf(node: Node, document: Document): Scalar | undefined {
  const resolved = isAlias(node) ? node.resolve(document) : node;
  return isScalar(resolved) ? resolved : undefined;
}

function segment(key: string, path: string): string {
  if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path === '' ? key : `.${key}`;
}
