import type { ImageReference } from '@gitops-actions/core/image';
import type { Judgement, Subject } from './engine.ts';
import { imageDifference } from './running-images.ts';

/** A subject, and what it runs. */
export interface Part {
  readonly subject: Subject;
  /** Whether it runs containers at all. */
  readonly isWorkload: boolean;
  /** References of the images that it runs. */
  readonly images: readonly string[];
  /** One that the workflow names, and not one that another brings. */
  readonly isNamed: boolean;
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
  const { missing } = imageDifference(
    expected,
    parts.flatMap(({ images }) => images),
  );
  return parts.map((part) => {
    const { others } = imageDifference(expected, part.images);
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
