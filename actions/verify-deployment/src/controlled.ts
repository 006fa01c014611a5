import type { Descends } from '@gitops-actions/core/controller';
import type { EngineOptions } from './engine.ts';
import type { Replacements } from './replacement.ts';

/** What the engines of GitOps controllers are made with. */
export interface ControlledOptions extends EngineOptions {
  /** Full id of the commit that must run, or one after it. */
  readonly commit: string;
  readonly descends: Descends;
  /** How sources name the branch with the commit; empty when the branch does not have it. */
  readonly targets: () => Promise<readonly string[]>;
  /** What took the place of expected images since the commit. */
  readonly replacements: Replacements;
  /** Whether an address is of the GitOps repository. */
  readonly isOurs: (repoUrl: string) => boolean;
  /** Clock; milliseconds. */
  readonly now: () => number;
}
