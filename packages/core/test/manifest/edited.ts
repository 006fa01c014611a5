import { parseImageTarget } from '../../src/image/index.ts';
import type { Decision, Manifests } from '../../src/manifest/index.ts';
import { applyPlaces, findPlaces, type Place, parseValueTarget } from '../../src/manifest/index.ts';

export interface Edit {
  readonly images?: readonly string[];
  readonly values?: readonly string[];
  readonly addMissing?: boolean;
  readonly decide?: (place: Place) => Decision;
}

/** Applies an edit to files given as texts by their paths. */
export function editFiles(files: Readonly<Record<string, string>>, edit: Edit): Manifests {
  const read = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  return applyPlaces(findPlaces(read, wanted(edit)), edit.decide ?? (() => 'write'));
}

/** Applies an edit to one file; gives its new text. */
export function editText(text: string, edit: Edit, path = 'a.yaml'): string {
  return editFiles({ [path]: text }, edit).files[0]?.content ?? text;
}

export function wanted({ images = [], values = [], addMissing = false }: Edit) {
  const targets = images.map((image) => {
    const target = parseImageTarget(image);
    if (target === undefined) throw new Error(`not parsed: ${image}`);
    return target;
  });
  return { images: targets, values: values.map(parseValueTarget), addMissing };
}
