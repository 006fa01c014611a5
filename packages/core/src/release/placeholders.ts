import { toTagText } from './oci-tag.ts';
import { releaseSha } from './short-sha.ts';

/** What may stand between `{{` and `}}` in a format. */
export const PLACEHOLDERS = ['run_number', 'run_id', 'run_attempt', 'sha', 'branch', 'tag', 'pr'] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What a release id is made from: facts of the run and the commit, the same each time they are asked for. */
export interface ReleaseFacts {
  readonly runNumber: number;
  readonly runId: number;
  readonly runAttempt: number;
  /** Full commit id. */
  readonly sha: string;
  /** Name of the branch, not its ref; undefined when the run has none. */
  readonly branch: string | undefined;
  /** Name of the git tag; undefined when the run is not on one. */
  readonly tag: string | undefined;
  /** Number of the pull request; undefined when the run is about none. */
  readonly pullRequest: number | undefined;
}

/** Whether a name is one of `PLACEHOLDERS`. */
export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}

/** The placeholder's value, made of characters that an image tag may hold; undefined when this run has none. */
export function placeholderValue(placeholder: Placeholder, facts: ReleaseFacts): string | undefined {
  const values: Readonly<Record<Placeholder, string | undefined>> = {
    run_number: String(facts.runNumber),
    run_id: String(facts.runId),
    run_attempt: String(facts.runAttempt),
    sha: releaseSha(facts.sha),
    branch: facts.branch === undefined ? undefined : toTagText(facts.branch),
    tag: facts.tag === undefined ? undefined : toTagText(facts.tag),
    pr: facts.pullRequest?.toString(),
  };
  return values[placeholder];
}
