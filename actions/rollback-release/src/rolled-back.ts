import type { Edited } from '@gitops-actions/core/delivery';
import type { Decision } from './decide.ts';

/** What an edit did, or would do, and what it was decided by. */
export interface RolledBack extends Edited {
  readonly warnings: readonly string[];
  readonly decision: Decision | undefined;
}
