import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import type { ControlledOptions } from './controlled.ts';
import type { Carried } from './replacement.ts';
import { imageDifference, isSameImage } from './running-images.ts';
import { sayReplaced } from './superseded.ts';
import type { Part } from './together.ts';

/**
 * A part with what surely took the place of expected images in it: it stands in the files, and it runs. Files alone do not say
 * which of them counts; but where something is broken, they say that the release may not be to blame.
 */
export async function withReplaced(
  part: Omit<Part, 'replaced'>,
  carried: Carried | undefined,
  options: Pick<ControlledOptions, 'commit' | 'images' | 'replacements'>,
  signal: AbortSignal,
): Promise<Part> {
  const { subject, images } = part;
  const isBroken = subject.judgement.kind === 'broken';
  const isOther = isBroken || imageDifference(options.images, images).others.length > 0;
  if (carried === undefined || carried.revision === options.commit || !isOther)
    return { ...part, replaced: [] };
  const found = await options.replacements(carried, signal);
  const running = found.filter(({ by }) => images.some((text) => isLive(by, text)));
  // Where the files also take it back, and that is still to come, a newer one elsewhere is not all of it.
  const toCome = found.filter((one) => !one.isNewer && !running.includes(one));
  const replaced = running.filter(({ image }) => !toCome.some((one) => one.image.name === image.name));
  if (!isBroken || found.length === 0) return { ...part, replaced };
  return { ...part, subject: { ...subject, overtaken: sayReplaced(found) }, replaced };
}

function isLive(by: ImageReference, text: string): boolean {
  const live = parseImageReference(text);
  return live !== undefined && isSameImage(by, live);
}
