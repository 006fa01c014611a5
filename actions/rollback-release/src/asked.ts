import type { Run } from '@gitops-actions/core/action';
import type { Names } from './spots.ts';

/** What is to be undone, as the inputs say it. */
export interface Asked {
  /** Id of the release to undo; empty: the newest that stands there. */
  readonly release: string;
  /** Names of images; empty: all. */
  readonly images: Names;
  /** `previous`, or an id. */
  readonly to: string;
  readonly run: Pick<Run, 'url' | 'runAttempt'>;
  /** Without `release`: id of the commit that was found before a conflict, which must not lead to the next one. */
  readonly only: string;
}
