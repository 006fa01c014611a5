import type { ImageReference } from '@gitops-actions/core/image';
import type { Judgement, Subject } from './engine.ts';
import type { Replacement } from './replacement.ts';
import { imageDifference } from './running-images.ts';
import { hasLeft, judgeReplaced, withoutReplaced } from './superseded.ts';

/** A subject, and what it runs. */
export interface Part {
  readonly subject: Subject;
  /** Whether it runs containers at all. */
  readonly isWorkload: boolean;
  /** References of the images that it runs. */
  readonly images: readonly string[];
  /** One that the workflow names, and not one that another brings. */
  readonly isNamed: boolean;
  /** What surely took the place of expected images in it. */
  readonly replaced: readonly Replacement[];
}

/**
 * What only all subjects together can show: that something runs at all, and that it is the expected images and no other
 * release of them.
 */
export function judgeTogether(
  parts: readonly Part[],
  expected: readonly ImageReference[],
): readonly Subject[] {
  if (!parts.some(({ isWorkload }) => isWorkload)) return parts.map((part) => ifHealthy(part, NOTHING_RUNS));
  const replaced = parts.flatMap((part) => part.replaced);
  const subjects = judgeImages(parts, expected, replaced);
  const all = parts.map((part, index) => ({
    subject: subjects[index] ?? part.subject,
    replaced: part.replaced,
    isPast: isPast(part, expected),
  }));
  return judgeReplaced(all, expected);
}

/** What has nothing of the release any more; or never had, and is not what the workflow asks about. */
function isPast(part: Part, expected: readonly ImageReference[]): boolean {
  const { replaced, subject, images } = part;
  const isReplaced = replaced.length > 0 || subject.overtaken !== undefined;
  const isAside = !part.isWorkload || !part.isNamed;
  return (isReplaced || isAside) && !hasLeft(images, expected, replaced);
}

/** One that another release has the place of here may still be awaited elsewhere. */
function judgeImages(
  parts: readonly Part[],
  expected: readonly ImageReference[],
  replaced: readonly Replacement[],
): readonly Subject[] {
  const { missing } = imageDifference(
    withoutReplaced(expected, replaced),
    parts.flatMap(({ images }) => images),
  );
  return parts.map((part) => {
    const { others } = imageDifference(withoutReplaced(expected, part.replaced), part.images);
    if (others.length > 0) return ifHealthy(part, waiting(part, `still runs ${others.join(', ')}`));
    if (missing.length === 0 || !part.isNamed) return part.subject;
    return ifHealthy(part, waiting(part, `does not run ${missing.join(', ')}`));
  });
}

const NOTHING_RUNS: Judgement = {
  kind: 'unknown',
  what: 'no workload found: nothing that it brings runs containers',
};

function waiting({ subject }: Part, what: string): Judgement {
  return { kind: 'waiting', what: `${subject.state}, but it ${what}` };
}

/** Another judgement, if it is healthy taken alone. */
function ifHealthy({ subject }: Part, judgement: Judgement): Subject {
  return subject.judgement.kind === 'healthy' ? { ...subject, judgement } : subject;
}
