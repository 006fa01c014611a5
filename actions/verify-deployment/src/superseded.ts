import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import type { Subject } from './engine.ts';
import type { Replacement } from './replacement.ts';
import { written } from './running-images.ts';

/** The expected images that are still to be seen. */
export function withoutReplaced(
  expected: readonly ImageReference[],
  replaced: readonly Replacement[],
): readonly ImageReference[] {
  return expected.filter(({ name }) => !replaced.some(({ image }) => image.name === name));
}

/** A subject that is judged by the expected images that were not replaced in it. */
export interface Replaceable {
  readonly subject: Subject;
  /** What took the place of expected images in it. */
  readonly replaced: readonly Replacement[];
  /** Whether nothing of the release is to be seen in it any more, where all of that was replaced somewhere. */
  readonly isPast: boolean;
}

/** A subject that has no images of its own. */
export function unreplaced(subject: Subject): Replaceable {
  return { subject, replaced: [], isPast: false };
}

/**
 * What subjects amount to where some expected images were replaced. All by newer releases: those where nothing of the
 * release is left are superseded, whatever else there is to be seen. The rest goes on being judged: it is never more than
 * superseded, nor to blame. By what is no newer release, such as a rollback: nobody can say.
 */
export function judgeReplaced(
  parts: readonly Replaceable[],
  expected: readonly ImageReference[],
): readonly Subject[] {
  const subjects = parts.map(({ subject }) => subject);
  const replaced = parts.flatMap((part) => part.replaced);
  if (replaced.length === 0) return subjects;
  const takenBack = replaced.find(({ isNewer }) => !isNewer);
  if (takenBack !== undefined) {
    const what = `${sayReplaced([takenBack])}, and is not known to be a newer release`;
    return subjects.map((subject) => ({ ...subject, judgement: { kind: 'unknown', what } }));
  }
  const overtaken = sayReplaced(replaced);
  const isWhole = withoutReplaced(expected, replaced).length === 0;
  const what = `superseded: ${overtaken}`;
  return parts.map(({ subject, isPast }) =>
    isWhole && isPast ? { ...subject, judgement: { kind: 'superseded', what } } : { ...subject, overtaken },
  );
}

/**
 * Whether something has an expected image that was not replaced in it.
 *
 * @param images that it runs, or is to run
 */
export function hasLeft(
  images: readonly string[],
  expected: readonly ImageReference[],
  replaced: readonly Replacement[],
): boolean {
  const left = new Set(withoutReplaced(expected, replaced).map(({ name }) => name));
  return images.some((text) => left.has(parseImageReference(text)?.name ?? ''));
}

/** `ghcr.io/acme/web:v2 took the place of ghcr.io/acme/web:v1 in commit abc1234`, of all of them. */
export function sayReplaced(replaced: readonly Replacement[]): string {
  const said = replaced.map(
    ({ image, by, where }) => `${written(by)} took the place of ${written(image)} in ${where}`,
  );
  return [...new Set(said)].join(', ');
}
