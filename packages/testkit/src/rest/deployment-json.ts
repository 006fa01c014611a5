import type { DeploymentRecord, DeploymentStatusRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { apiAddress, userJson } from './templates.ts';

/** A deployment. */
export function deploymentJson(world: World, deployment: DeploymentRecord) {
  const url = `${apiAddress(world, deployment.repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: deployment.nodeId,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    environment: deployment.environment,
    original_environment: deployment.environment,
    description: deployment.description,
    creator: userJson(world, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: apiAddress(world, deployment.repository),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
  };
}

/** One status of a deployment. */
export function statusJson(world: World, deployment: DeploymentRecord, status: DeploymentStatusRecord) {
  const url = `${apiAddress(world, deployment.repository)}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    creator: userJson(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: apiAddress(world, deployment.repository),
  };
}
