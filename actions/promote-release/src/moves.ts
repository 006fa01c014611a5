import { type ReadImage, versionText } from '@gitops-actions/core/manifest';
import type { Promotion } from './select-images.ts';

/** An image that moved from one release to another in the target. */
export interface Move {
  readonly image: string;
  /** Tag or digest, or both; several when places differed; empty when it was not there. */
  readonly from: string;
  readonly to: string;
}

/** References of the promoted releases that stand in the target, with the digest as it stands there. */
export function standing(promotions: readonly Promotion[], after: readonly ReadImage[]): readonly string[] {
  return promotions.flatMap(({ reference: { name, written, tag, digest } }) => {
    const found = after.filter(({ names }) => names.includes(name)).map(({ reference }) => reference);
    const isThere = found.every((one) => (tag === undefined ? one.digest === digest : one.tag === tag));
    const text = releasesOf(name, after);
    return !isThere || text === '' || text.includes(', ')
      ? []
      : [`${written}${tag === undefined ? '@' : ':'}${text}`];
  });
}

/** What became of each image between two states of the target's files; without those that stayed. */
export function movesBetween(
  promotions: readonly Promotion[],
  before: readonly ReadImage[],
  after: readonly ReadImage[],
): readonly Move[] {
  return promotions.flatMap(({ reference }) => {
    const [from, to] = [releasesOf(reference.name, before), releasesOf(reference.name, after)];
    return from === to ? [] : [{ image: reference.written, from, to }];
  });
}

function releasesOf(name: string, images: readonly ReadImage[]): string {
  const found = images.filter(({ names }) => names.includes(name));
  return [...new Set(found.map(({ reference }) => versionText(reference)))]
    .filter((one) => one !== '')
    .join(', ');
}
