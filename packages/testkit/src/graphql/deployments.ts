import type { DeploymentRecord, DeploymentStatusRecord, RepositoryRecord } from '../state/records.ts';
import { connection } from './connection.ts';
import { type Args, type Context, type Fields, requireAccess } from './source.ts';

/** Deployments of a repository, oldest first unless `orderBy` says otherwise. */
export function deployments(repository: RepositoryRecord, args: Args, context: Context) {
  requireAccess(context, repository, 'deployments');
  const { environments } = args;
  const matching = repository.deployments.filter(
    (one) => !Array.isArray(environments) || environments.includes(one.environment),
  );
  const { direction } = (args.orderBy ?? {}) as { direction?: string };
  return connection(direction === 'DESC' ? matching.toReversed() : matching, args, {
    name: 'deployments',
    key: (one) => one.id,
  });
}

const LARGEST_INT = 2 ** 31 - 1;

export const DEPLOYMENT_FIELDS: Fields<DeploymentRecord> = {
  id: (one) => one.nodeId,
  databaseId: (one) => (one.id <= LARGEST_INT ? one.id : null),
  task: (one) => one.task,
  environment: (one) => one.environment,
  description: (one) => one.description,
  // GitHub hands out the JSON of the JSON.
  payload: (one) => JSON.stringify(JSON.stringify(one.payload)),
  commitOid: (one) => one.sha,
  createdAt: (one) => one.createdAt,
  updatedAt: (one) => one.updatedAt,
  repository: (one) => one.repository,
  latestStatus: (one) => one.statuses[0] ?? null,
  statuses: (one, args) => connection(one.statuses, args, { name: 'statuses', key: (status) => status.id }),
};

export const DEPLOYMENT_STATUS_FIELDS: Fields<DeploymentStatusRecord> = {
  id: (one) => one.nodeId,
  state: (one) => one.state.toUpperCase(),
  description: (one) => one.description,
  environment: (one) => one.environment,
  environmentUrl: (one) => one.environmentUrl || null,
  logUrl: (one) => one.logUrl || null,
  createdAt: (one) => one.createdAt,
};
