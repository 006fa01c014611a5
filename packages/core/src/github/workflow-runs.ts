import { UnreadableAnswer } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { at, textAt } from './pull-request.ts';
import type { RepositoryName } from './repository-name.ts';

/** Which runs are meant. */
export interface RunsOf {
  /** Name of the workflow's file, such as `delivery.yml`. */
  readonly workflow: string;
  /** Name of the branch, not its ref. */
  readonly branch: string;
  /** Event that started them, such as `push`. */
  readonly event: string;
  /** Id of the run that asks: it is not its own predecessor. */
  readonly except: number;
}

/** A run that ended well. */
export interface SuccessfulRun {
  readonly id: number;
  /** Undefined when GitHub does not say it. */
  readonly headSha: string | undefined;
}

/** The asking run is among them at most once; a few more cost nothing. */
const PAGE = 5;

/**
 * The newest run of a workflow that ended well, whatever failed or was cancelled after it, in one request.
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow
 *
 * @returns undefined when there is none
 * @throws what the client throws; for a workflow that never ran it is a 404
 */
export async function readLastSuccess(
  github: GitHub,
  repository: RepositoryName,
  { workflow, branch, event, except }: RunsOf,
): Promise<SuccessfulRun | undefined> {
  const { data } = await github.rest.actions.listWorkflowRuns({
    ...repository,
    workflow_id: workflow,
    branch,
    event,
    status: 'success',
    exclude_pull_requests: true,
    per_page: PAGE,
  });
  if (!Array.isArray(at(data, 'workflow_runs'))) throw new UnreadableAnswer();
  const run = data.workflow_runs.find(({ id }) => id !== except);
  return run === undefined ? undefined : { id: run.id, headSha: textAt(run, 'head_sha') };
}
