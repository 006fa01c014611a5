import { ConfigurationError, type Log } from '@gitops-actions/core/action';
import type { ImageReference } from '@gitops-actions/core/image';
import { type ReadImage, versionText } from '@gitops-actions/core/manifest';

/** An image to promote. */
export interface Promotion {
  /** As it stands in the source. */
  readonly reference: ImageReference;
  /** Every name that it may have been verified under. */
  readonly names: readonly string[];
  /** Whether the target holds something else somewhere. */
  readonly isNew: boolean;
}

/** One side of a promotion, for messages. */
export interface Side {
  readonly images: readonly ReadImage[];
  /** `apps/shop/staging of acme/gitops@main`. */
  readonly where: string;
}

/**
 * What is to be promoted: the chosen images, or all that both sides name. Pure but for its notices.
 *
 * @param chosen names; empty: all
 * @throws ConfigurationError for an image that the source does not name, for two releases of one, and when nothing is common
 */
export function selectImages(
  chosen: readonly ImageReference[],
  source: Side,
  target: Side,
  log: Log,
): readonly Promotion[] {
  const names = chosen.length > 0 ? chosen.map(({ name }) => name) : commonNames(source, target, log);
  return names.map((name) => {
    const reference = releaseOf(name, source);
    const places = target.images.filter((image) => image.names.includes(name));
    const isNew = places.length === 0 || places.some((place) => !isSameRelease(place.reference, reference));
    const written = source.images.filter((image) => image.names.includes(name));
    return { reference, names: [...new Set([name, ...written.flatMap((image) => image.names)])], isNew };
  });
}

/** A name without a slash may be a word that has nothing to do with images: then somebody has to choose it. */
function commonNames(source: Side, target: Side, log: Log): readonly string[] {
  const from = source.images.filter(isCertain);
  const to = target.images.filter(isCertain);
  const candidates = [...new Set(from.filter(hasRelease).flatMap(({ names }) => names.slice(0, 1)))];
  const common = candidates.filter((name) => to.some(({ names }) => names.includes(name)));
  if (common.length === 0)
    throw new ConfigurationError(
      `No image that ${source.where} holds is named in ${target.where}; correct the inputs "from-path" and "path".`,
    );
  return common.filter((name) => {
    const doubt = target.images.find((image) => image.certainty === 'doubtful' && image.names.includes(name));
    if (doubt === undefined) return true;
    log.notice(
      `${doubt.file}:${doubt.line} may mean the image ${doubt.reference.written} or something else, so it is left out; name it in the input "images" to promote it.`,
    );
    return false;
  });
}

/** The one release of an image in the source. */
function releaseOf(name: string, { images, where }: Side): ImageReference {
  const found = images.filter((image) => image.names.includes(name) && hasRelease(image));
  const sure = found.filter(({ certainty }) => certainty !== 'doubtful');
  const [first, ...others] = sure.length > 0 ? sure : found;
  if (first === undefined) throw notInSource(name, images, where);
  const other = others.find(({ reference }) => !isCompatible(first.reference, reference));
  if (other !== undefined)
    throw new ConfigurationError(
      `${where} holds two releases of ${first.reference.written}: ${versionText(first.reference)} (${at(first)}) and ${versionText(other.reference)} (${at(other)}); name the file with the one to promote in the input "from-path".`,
    );
  // One place may say more than another.
  const pinned = others.find(({ reference }) => reference.digest !== undefined) ?? first;
  const { tag = pinned.reference.tag, digest = pinned.reference.digest } = first.reference;
  return { ...first.reference, name, tag, digest };
}

function notInSource(name: string, images: readonly ReadImage[], where: string): ConfigurationError {
  const known = [
    ...new Set(
      images
        .filter(hasRelease)
        .filter(isCertain)
        .map(({ reference }) => reference.written),
    ),
  ];
  const there = known.length === 0 ? 'it holds none' : `it holds ${known.slice(0, 10).join(', ')}`;
  return new ConfigurationError(
    `Input "images" names ${name}, but no place in ${where} holds it with a tag or digest (${there}); correct the name, or "from-path".`,
  );
}

function isCertain({ certainty }: ReadImage): boolean {
  return certainty === 'certain';
}

function hasRelease({ reference: { tag, digest } }: ReadImage): boolean {
  return tag !== undefined || digest !== undefined;
}

/** What both say is the same. */
function isCompatible(a: ImageReference, b: ImageReference): boolean {
  if (a.digest !== undefined && b.digest !== undefined) return a.digest === b.digest && a.tag === b.tag;
  return a.tag === b.tag;
}

/** Whether nothing would change: a digest that nobody asks for may stay unsaid. */
function isSameRelease(current: ImageReference, wanted: ImageReference): boolean {
  return current.tag === wanted.tag && current.digest === wanted.digest;
}

function at({ file, line }: ReadImage): string {
  return `${file}:${line}`;
}
