import type { RunAttempt } from '../release/index.ts';
import type { GitHub } from './octokit.ts';
import type { RepositoryName } from './repository-name.ts';

/**
 * Whether an attempt of a workflow run is finished; needs `actions: read`.
 * https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 *
 * @returns undefined when GitHub does not say, for whatever reason: no permission, no such run any more, an error
 */
export async function isRunOver(
  github: GitHub,
  repository: RepositoryName,
  { runId, runAttempt }: RunAttempt,
): Promise<boolean | undefined> {
  try {
    const { data } = await github.rest.actions.getWorkflowRun({ ...repository, run_id: runId });
    const latest = data.run_attempt ?? 0;
    // A later attempt only starts when the one before is over.
    if (latest !== runAttempt) return latest > runAttempt ? true : undefined;
    return data.status === 'completed';
  } catch {
    return undefined;
  }
}
