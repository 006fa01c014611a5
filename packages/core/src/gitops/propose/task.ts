import type { AutoMerge, Divergence, ProposalPlace } from '../../github/index.ts';
import type { Edit, LandOptions } from '../land.ts';
import type { GitOpsRepository, Snapshot } from '../repository.ts';
import type { ShownFiles } from './text.ts';

export interface ProposeOptions extends LandOptions {
  /** Title of the pull request; empty: from the commits on its branch. Plain text from anywhere. */
  readonly title: string;
  /** Labels to add; others stay. */
  readonly labels: readonly string[];
  /** How GitHub merges the pull request once its requirements are met; `none`: somebody does. */
  readonly autoMerge: AutoMerge;
}

/** An edit, and the branch it is asked about: the base first, then the pull request's own. */
export type ProposalEdit<Result> = (
  snapshot: Snapshot,
  branch: GitOpsRepository,
) => Edit<Result> | Promise<Edit<Result>>;

export interface PullRequestPage {
  readonly number: number;
  readonly url: string;
}

export interface Proposal<Result> {
  /** `proposed`: an open pull request carries it. `committed`: that was merged at once. `unchanged`: the base has it all. */
  readonly kind: 'proposed' | 'committed' | 'unchanged';
  /** Head of the pull request; of the base when `unchanged`; the merge when `committed`. */
  readonly commit: string;
  /** Not set when `unchanged`. */
  readonly pullRequest?: PullRequestPage;
  /** A pull request that was closed because its base has all it brings. */
  readonly closed?: number;
  /** Of the edit that was committed to the branch; when the branch or its base had it all, of the edit that found so. */
  readonly result: Result;
  /** Whether the job's own token wrote to the branch, or opened the pull request: then no workflow starts by itself. */
  readonly isJobToken: boolean;
  /** How many passes it took. */
  readonly attempts: number;
}

/** What one pass comes to: the end, another look at once, or another look after somebody else's step. */
export type Step<Result> = Omit<Proposal<Result>, 'isJobToken' | 'attempts'> | 'again' | 'conflict';

/** The pull request's branch against its base. */
export interface Comparison {
  readonly divergence: Divergence;
  /** The files that are shown; read when they are first needed. */
  files?: ShownFiles;
}

/** What the passes of one call know of each other. */
export interface Progress<Result> {
  readonly place: ProposalPlace;
  readonly edit: ProposalEdit<Result>;
  readonly options: ProposeOptions;
  /** Milliseconds on the clock of the options. */
  readonly end: number;
  committed: boolean;
  result?: Result;
  /** Whether this call made the branch: removed again when no pull request may be opened. */
  madeBranch?: boolean;
  pullRequest?: PullRequestPage;
  closed?: number;
  /** Whether the branch got a commit, or a pull request was opened. */
  hasWritten?: boolean;
  /** GitHub may store a text in another form than it was sent in: not written for ever. */
  textWrites: number;
  /** Of base and head as `base...head`: commits never change, so they are compared and read once. */
  readonly comparisons: Map<string, Comparison>;
  hasLabels?: boolean;
  waitsForMerge?: boolean;
}
