import { messageOf } from '@gitops-actions/core/action';
import { hasBadWorkload } from './argocd-degraded.ts';
import { keyOf, type ReadApplication } from './argocd-read.ts';
import { renderError } from './argocd-render.ts';
import type { ControlledOptions } from './controlled.ts';

/** What Applications do not say of an error themselves; asked only where there is one. */
export interface ApplicationDoubts {
  readonly clear: (read: readonly ReadApplication[], signal: AbortSignal) => Promise<void>;
  /** How sources name the branch with the commit; empty while nobody needs to know, or it is not known. */
  readonly targets: readonly string[];
  /** Whether a workload is why it is Degraded. */
  readonly hasBadWorkload: (one: ReadApplication) => boolean;
}

/** Looks up what else is needed before an error is the release's fault. */
export function applicationDoubts({ cluster, log, targets: ask }: ControlledOptions): ApplicationDoubts {
  let targets: readonly string[] = [];
  let bad: ReadonlySet<string> = new Set();
  return {
    clear: async (read, signal) => {
      const found = read.flatMap((one) => (one.application ? [{ one, application: one.application }] : []));
      if (targets.length === 0 && found.some(({ application }) => renderError(application) !== undefined))
        targets = await ask().catch((error: unknown) => {
          signal.throwIfAborted();
          log.debug(messageOf(error));
          return [];
        });
      const degraded = found.filter(({ application }) => application.status?.health?.status === 'Degraded');
      const isBad = await Promise.all(
        degraded.map(({ application }) => hasBadWorkload(cluster, application, signal)),
      );
      bad = new Set(degraded.flatMap(({ one }, index) => (isBad[index] ? [keyOf(one)] : [])));
    },
    get targets() {
      return targets;
    },
    hasBadWorkload: (one) => bad.has(keyOf(one)),
  };
}
