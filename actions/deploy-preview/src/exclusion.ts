import type { PullRequest } from '@gitops-actions/core/github';
import { hasLabel } from '@gitops-actions/core/preview';
import type { Gates } from './gate-inputs.ts';

/**
 * Why a pull request is to have no preview, by its labels and whether it is a draft; pure. All of `only-labels` and none
 * of `skip-labels`, as the pull request generator of Argo CD and actions/stale have it:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Pull-Request/#filters
 *
 * @returns a sentence; undefined when it may have one
 */
export function exclusion(gates: Gates, { number, labels, isDraft }: PullRequest): string | undefined {
  const subject = `Pull request ${number}`;
  const missing = gates.onlyLabels.filter((label) => !hasLabel(labels, label));
  if (missing.length > 0) return `${subject} lacks ${named(missing)}, which "only-labels" asks for.`;
  const unwanted = gates.skipLabels.filter((label) => hasLabel(labels, label));
  if (unwanted.length > 0) return `${subject} has ${named(unwanted)}, which "skip-labels" names.`;
  return gates.skipDrafts && isDraft ? `${subject} is a draft, and "skip-drafts" is true.` : undefined;
}

function named(labels: readonly string[]): string {
  const noun = labels.length === 1 ? 'the label' : 'the labels';
  return `${noun} ${labels.map((label) => JSON.stringify(label)).join(', ')}`;
}
