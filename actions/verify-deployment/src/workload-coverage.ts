import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import type { Subject } from './engine.ts';
import { imageDifference } from './running-images.ts';

/** What has images. */
export interface Bearer {
  /** For people: `Deployment web`. */
  readonly name: string;
  readonly images: readonly string[];
  readonly isRunning: boolean;
}

/**
 * Expected images that nothing runs, neither this nor another release of them: that what is there is ready says nothing
 * of them.
 */
export function uncovered(
  expected: readonly ImageReference[],
  bearers: readonly Bearer[],
): readonly Subject[] {
  const running = bearers.filter(({ isRunning }) => isRunning).flatMap(({ images }) => images);
  const names = new Set(running.map((image) => parseImageReference(image)?.name));
  return imageDifference(expected, running).missing.flatMap((image) => {
    // Whoever runs another release of it is waited for already.
    if (names.has(parseImageReference(image)?.name)) return [];
    const idle = bearers.find(({ images }) => imageDifference(expected, images).missing.indexOf(image) < 0);
    const what = idle
      ? `${idle.name} has it, but is scaled to 0 replicas`
      : 'no workload that is verified has it';
    return [
      { where: `Image ${image}`, state: 'runs nowhere', judgement: { kind: 'waiting', what }, revision: '' },
    ];
  });
}
