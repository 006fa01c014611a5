import type { Log } from '@gitops-actions/core/action';
import type { PullRequestState } from '@gitops-actions/core/github';
import type { Decision, LivePreview, PreviewCleaner, PreviewRecord } from '@gitops-actions/core/preview';
import type { Sections } from './sections.ts';

/** Everything that a clean-up needs. */
export interface Job {
  readonly engine: PreviewCleaner;
  /** Left out: the previews of every pull request. */
  readonly pullRequest: number | undefined;
  readonly readStates: (numbers: readonly number[]) => Promise<ReadonlyMap<number, PullRequestState>>;
  /** Makes the preview's GitHub Deployments inactive, but not those of a preview that was deployed anew meanwhile. */
  readonly retire: (preview: PreviewRecord, reason: string) => Promise<unknown>;
  readonly sections: Sections;
  /** Epoch seconds. */
  readonly now: () => number;
  /** Seconds; left out: what each preview recorded. */
  readonly ttl: number | undefined;
  /** Seconds before its end that a preview is warned of; 0 for never. */
  readonly warnBefore: number;
  /** Empty for none. */
  readonly keepLabel: string;
  readonly maxDeletions: number;
  readonly dryRun: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** A preview and what is to become of it. */
export interface Judged {
  readonly preview: LivePreview;
  readonly decision: Decision;
}
