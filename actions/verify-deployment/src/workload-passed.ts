import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import { releaseOf } from '@gitops-actions/core/manifest';
import { orderReleases } from '@gitops-actions/core/release';
import type { Replacement } from './replacement.ts';
import { isOtherImage, isSameImage, written } from './running-images.ts';

/** A workload at one moment. */
export interface Seen {
  /** Tells one object from another of the same name. */
  readonly uid: string;
  /** For people: `Deployment web in namespace shop`. */
  readonly where: string;
  readonly images: readonly string[];
}

/**
 * Sees workloads go past the expected release. No commit says what came when, and a newer release may stand there because
 * it is to be rolled back to the expected one: so a newer one counts only where the workload had the expected one, or an
 * older one, in a look before, and not that newer one before that. The order is that of the ids alone.
 */
export class Passed {
  readonly #expected: readonly ImageReference[];
  /** Workload and image that had the expected release or an older one. */
  readonly #met = new Set<string>();
  /** Workload and newer image that it had before that. */
  readonly #before = new Set<string>();

  constructor(expected: readonly ImageReference[]) {
    this.#expected = expected;
  }

  /** @returns what took the place of expected images in this workload */
  look({ uid, where, images }: Seen): readonly Replacement[] {
    const found = images.flatMap((text) => parseImageReference(text) ?? []);
    return this.#expected.flatMap((image) => {
      const own = found.filter(({ name }) => name === image.name);
      const key = `${uid} ${image.name}`;
      const orders = own.map((one) => (isSameImage(image, one) ? 'same' : orderOf(image, one)));
      if (orders.some((order) => order === 'same' || order === 'older')) this.#met.add(key);
      const versions = own.map((one) => `${uid} ${written(one)}`);
      if (!this.#met.has(key)) for (const version of versions) this.#before.add(version);
      const isPast = orders.length > 0 && orders.every((order) => order === 'newer');
      const isBack = versions.some((version) => this.#before.has(version));
      if (!isPast || isBack || !this.#met.has(key)) return [];
      return own.map((by) => ({ image, by, where, isNewer: true }));
    });
  }
}

function orderOf(expected: ImageReference, live: ImageReference): 'older' | 'newer' | 'unknown' {
  if (!isOtherImage(expected, live)) return 'unknown';
  const order = orderReleases(releaseOf(expected), releaseOf(live), 'auto');
  return order === 'older' || order === 'newer' ? order : 'unknown';
}
