import type { PreviewSpec } from '@gitops-actions/core/preview';

/** How it ended. */
export interface Outcome {
  readonly status: 'ready' | 'failed' | 'skipped' | 'superseded' | 'removed';
  readonly preview: PreviewSpec;
  /** One or more sentences; empty when it is ready. */
  readonly reason: string;
  /** Id of the GitHub Deployment. */
  readonly deployment?: number;
  /** Where its files are: `previews/pr-42 in acme/gitops@main`; empty when nothing was written. */
  readonly where?: string;
  /** The commit in the GitOps repository, and its page. */
  readonly commit?: { readonly id: string; readonly url: string };
  /** Set when the step must be red. */
  readonly failure?: string;
}
