import type { Run } from '@gitops-actions/core/action';
import { type GitHub, pullRequestNumber, type RepositoryName } from '@gitops-actions/core/github';

/** A run as GitHub lists it, which is also what `workflow_run` carries. */
export type ListedRun = Readonly<Record<string, unknown>>;

/**
 * Whether the pull request of a run that was started by `pull_request_target` is found by its head: comment-pr does so after
 * `workflow_run`. Pull requests move on, so one that is found is enough.
 *
 * @returns undefined without runs
 * @throws Error when none is found
 */
export async function findPullRequests(
  github: GitHub,
  repository: RepositoryName,
  run: Run,
  runs: readonly ListedRun[],
): Promise<string | undefined> {
  const failures: unknown[] = [];
  const numbers: number[] = [];
  for (const followed of runs) {
    const event = { workflow_run: followed };
    await pullRequestNumber(github, repository, { ...run, eventName: 'workflow_run', event }, undefined).then(
      (number) => numbers.push(number),
      (error: unknown) => failures.push(error),
    );
  }
  if (runs.length === 0) return undefined;
  if (numbers.length === 0) throw failures[0];
  return `${numbers.length} of ${runs.length} runs lead to their pull request, such as #${numbers[0]}`;
}

/** The newest runs of `pull_request_target`. */
export async function readTargetRuns(
  github: GitHub,
  repository: RepositoryName,
): Promise<readonly ListedRun[]> {
  const { data } = await github.rest.actions.listWorkflowRunsForRepo({
    ...repository,
    event: 'pull_request_target',
    per_page: 10,
  });
  return data.workflow_runs.map((one): ListedRun => ({ ...one }));
}
