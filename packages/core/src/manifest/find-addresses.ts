import { type ImageTarget, parseImageReference } from '../image/index.ts';
import { isHostAndPort } from './image-keys.ts';
import { type OpenFile, surveyFor } from './manifest-files.ts';
import { start } from './yaml-text.ts';

/** A value that would be an image if it were not taken for a host and its port. */
export interface FoundAddress {
  readonly target: ImageTarget;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly path: string;
}

/** Where what looks like the image is taken for an address, in the order of the files. */
export function addressesOf(opened: readonly OpenFile[], target: ImageTarget): readonly FoundAddress[] {
  const { kustomizeName, reference } = target;
  // Only a name without registry and slash may be a host.
  if (kustomizeName !== undefined || !reference.name.startsWith('docker.io/library/')) return [];
  return opened.flatMap(({ path: file, parts }) =>
    parts.flatMap((part) => {
      const survey = surveyFor(part, target);
      const found = (survey?.scalars ?? []).filter((scalar) => {
        const read = parseImageReference(scalar.scalar.value);
        return read?.name === reference.name && isHostAndPort(scalar, read);
      });
      return found.map(({ node, path }) => ({ target, file, line: part.source().line(start(node)), path }));
    }),
  );
}

/** Why it is left alone, without a full stop. */
export function addressSentence({ file, line, path }: FoundAddress): string {
  return `${file}:${line}: ${path} is taken for a host and its port, because its key does not say "image"`;
}
