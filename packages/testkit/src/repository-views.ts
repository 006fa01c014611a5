import { readRef } from './git/refs.ts';
import { NO_COMMIT } from './git/update-ref.ts';
import type { DeploymentRecord, RepositoryRecord } from './state/records.ts';
import { addRun } from './state/repositories.ts';
import type { World } from './state/world.ts';
import type { DeploymentView, RunOptions, RunView } from './types.ts';

/** A deployment as tests see it. */
export function deploymentView(one: DeploymentRecord): DeploymentView {
  return {
    id: one.id,
    task: one.task,
    ref: one.ref,
    sha: one.sha,
    environment: one.environment,
    payload: one.payload,
    description: one.description,
    transient: one.transient,
    production: one.production,
    creator: one.creator.login,
    createdAt: one.createdAt,
    statuses: one.statuses.map((status) => ({
      state: status.state,
      environment_url: status.environmentUrl,
      log_url: status.logUrl,
      description: status.description,
      createdAt: status.createdAt,
    })),
  };
}

/** Records a run on the head of its branch. */
export function runView(world: World, record: RepositoryRecord, options: RunOptions): RunView {
  const head = readRef(record.directory, `refs/heads/${options.branch ?? record.defaultBranch}`) ?? NO_COMMIT;
  const { id, workflowId, runNumber, runAttempt } = addRun(world, record, head, options);
  return { id, workflowId, runNumber, runAttempt };
}
