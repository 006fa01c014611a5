import type { Node } from 'yaml';
import type { ImageTarget } from '../image/index.ts';
import { mention } from './find-images.ts';
import { holdAtHead, type Marks, marksAt, surveyComments } from './marks.ts';
import { type ImageSurvey, surveyImages } from './survey-images.ts';
import { decodeUtf8, parseYamlText, splitDocuments, type YamlText } from './yaml-text.ts';

/** A file as it was read. */
export interface ManifestFile {
  readonly path: string;
  readonly content: Buffer;
}

/** A document of a file, parsed when it is first needed. */
export interface Part {
  readonly text: string;
  readonly source: () => YamlText;
  readonly images: () => ImageSurvey;
  readonly marksAt: (nodes: readonly Node[]) => Marks;
}

export interface OpenFile {
  readonly path: string;
  readonly parts: readonly Part[];
  /** Reason of a `hold` mark at its head. */
  readonly hold: () => string | undefined;
}

/** Decodes a file and splits it; nothing is parsed yet. @throws ConfigurationError when it is no UTF-8 text */
export function openFile({ path, content }: ManifestFile): OpenFile {
  const text = decodeUtf8(path, content);
  let line = 1;
  const parts = splitDocuments(text).map((part) => {
    const opened = openPart(path, part, line);
    line += part.split('\n').length - 1;
    return opened;
  });
  return {
    path,
    parts,
    hold: once(() => (text.includes('gitops-actions:') ? holdAtHead(path, text) : undefined)),
  };
}

function openPart(path: string, text: string, firstLine: number): Part {
  const source = once(() => parseYamlText(path, text, firstLine));
  const comments = once(() => surveyComments(source()));
  return {
    text,
    source,
    images: once(() => surveyImages(source())),
    marksAt: (nodes) => marksAt(source(), comments(), nodes),
  };
}

/**
 * A document for finding an image in it, when it mentions the image and is YAML.
 *
 * @throws ConfigurationError when it names the image and cannot be parsed
 */
export function surveyFor(part: Part, target: ImageTarget): ImageSurvey | undefined {
  // A file that does not even mention the image (a chart's template, a picture) need not be YAML.
  if (!part.text.includes(mention(target))) return undefined;
  try {
    return part.images();
  } catch (error) {
    // A chart's template that has one word in common with the image is no manifest of it; a broken one that names it is.
    const { kustomizeName, reference } = target;
    const name = kustomizeName ?? reference.name.replace(/^[^/]+\/(?:library\/)?/, '');
    if (part.text.includes(name)) throw error;
    return undefined;
  }
}

function once<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}
