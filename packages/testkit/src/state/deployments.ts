import type { DeploymentState } from '../types.ts';
import type { Account, DeploymentRecord, DeploymentStatusRecord, RepositoryRecord } from './records.ts';
import { nextId, nodeId, timestamp, type World } from './world.ts';

export type NewDeployment = Pick<
  DeploymentRecord,
  'sha' | 'ref' | 'task' | 'environment' | 'description' | 'payload' | 'transient' | 'production' | 'creator'
>;

/** Records a deployment without any status. */
export function addDeployment(
  world: World,
  repository: RepositoryRecord,
  fields: NewDeployment,
): DeploymentRecord {
  const id = nextId(world);
  const at = timestamp(world);
  const made: DeploymentRecord = {
    ...fields,
    kind: 'deployment',
    id,
    nodeId: nodeId('DE', id),
    repository,
    createdAt: at,
    updatedAt: at,
    statuses: [],
  };
  repository.deployments.push(made);
  world.nodes.set(made.nodeId, made);
  return made;
}

export interface NewStatus {
  state: DeploymentState;
  creator: Account;
  description: string;
  environmentUrl: string;
  logUrl: string;
  autoInactive: boolean;
}

function pushStatus(
  world: World,
  deployment: DeploymentRecord,
  status: Omit<NewStatus, 'autoInactive'>,
): DeploymentStatusRecord {
  const id = nextId(world);
  const { state, creator, description, environmentUrl, logUrl } = status;
  const made: DeploymentStatusRecord = {
    id,
    nodeId: nodeId('DES', id),
    state,
    creator,
    description,
    environmentUrl,
    logUrl,
    environment: deployment.environment,
    createdAt: timestamp(world),
  };
  deployment.statuses = [made, ...deployment.statuses];
  deployment.updatedAt = made.createdAt;
  return made;
}

/**
 * Adds a status. With `autoInactive` a success retires the environment's earlier successful deployments that are
 * neither transient nor production, see "auto_inactive" in
 * https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status
 */
export function addStatus(
  world: World,
  deployment: DeploymentRecord,
  status: NewStatus,
): DeploymentStatusRecord {
  const made = pushStatus(world, deployment, status);
  if (!status.autoInactive || status.state !== 'success') return made;
  for (const earlier of deployment.repository.deployments) {
    const same = earlier.environment === deployment.environment && earlier.id < deployment.id;
    if (!same || earlier.transient || earlier.production) continue;
    if (earlier.statuses[0]?.state !== 'success') continue;
    pushStatus(world, earlier, {
      ...status,
      state: 'inactive',
      description: '',
      environmentUrl: '',
      logUrl: '',
    });
  }
  return made;
}
