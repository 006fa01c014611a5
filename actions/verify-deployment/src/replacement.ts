import type { ImageReference } from '@gitops-actions/core/image';

/** What took the place of an expected image. */
export interface Replacement {
  readonly image: ImageReference;
  readonly by: ImageReference;
  /** Where that was, for people: `commit abc1234`. */
  readonly where: string;
  /** Whether it surely is a newer release, and no rollback. */
  readonly isNewer: boolean;
}

/** What a subject is made from: a revision that comes after the wanted commit, and paths of the GitOps repository. */
export interface Carried {
  readonly revision: string;
  readonly paths: readonly string[];
}

/** @returns what took the place of expected images in these paths between the wanted commit and the revision */
export type Replacements = (carried: Carried, signal: AbortSignal) => Promise<readonly Replacement[]>;
