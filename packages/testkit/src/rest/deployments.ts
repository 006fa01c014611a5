import { invalid, KitProblem, RestError } from '../http/answer.ts';
import { resolveCommit } from '../state/branches.ts';
import { addDeployment, addStatus } from '../state/deployments.ts';
import type { DeploymentRecord } from '../state/records.ts';
import type { DeploymentState } from '../types.ts';
import { deploymentJson, statusJson } from './deployment-json.ts';
import { deploymentOf, flag, text } from './find.ts';
import { paged } from './paging.ts';
import { created, noContent, ok, type RestCall, type Routes, reads, writes } from './route.ts';

function viewerOf(call: RestCall) {
  if (!call.viewer) throw new RestError(401, 'Requires authentication');
  return call.viewer.account;
}

function payloadOf(call: RestCall): DeploymentRecord['payload'] {
  const { payload } = call.body;
  if (typeof payload === 'string') return payload;
  return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {};
}

async function create(call: RestCall) {
  const ref = text(call, 'ref') ?? '';
  const sha = await resolveCommit(call.repository, ref);
  if (!sha) throw new RestError(422, `No ref found for: ${ref}`);
  if (flag(call, 'auto_merge', true)) {
    throw new KitProblem(
      'a deployment with auto_merge (the default) is not implemented; send auto_merge: false',
    );
  }
  const environment = text(call, 'environment') ?? 'production';
  const deployment = addDeployment(call.world, call.repository, {
    sha,
    ref,
    task: text(call, 'task') ?? 'deploy',
    environment,
    description: text(call, 'description') ?? null,
    payload: payloadOf(call),
    transient: flag(call, 'transient_environment', false),
    production: flag(call, 'production_environment', environment === 'production'),
    creator: viewerOf(call),
  });
  return created(deploymentJson(call.world, deployment));
}

function list(call: RestCall) {
  const wanted = (field: 'sha' | 'ref' | 'task' | 'environment') => {
    const value = call.query.get(field);
    return (one: DeploymentRecord) => value === null || value === 'none' || one[field] === value;
  };
  const filters = [wanted('sha'), wanted('ref'), wanted('task'), wanted('environment')];
  const matching = call.repository.deployments.filter((one) => filters.every((fits) => fits(one)));
  return paged(call, matching.toReversed(), (one) => deploymentJson(call.world, one));
}

/** Only inactive deployments can be deleted, unless it is the repository's only one. */
function remove(call: RestCall) {
  const deployment = deploymentOf(call);
  const active = deployment.statuses[0]?.state !== 'inactive';
  if (active && call.repository.deployments.length > 1) {
    const message =
      'We cannot delete an active deployment unless it is the only deployment in a given environment.';
    throw new RestError(422, message);
  }
  call.repository.deployments = call.repository.deployments.filter((one) => one !== deployment);
  call.world.nodes.delete(deployment.nodeId);
  return noContent();
}

function createStatus(call: RestCall) {
  const deployment = deploymentOf(call);
  const description = text(call, 'description') ?? '';
  if (description.length > 140)
    throw invalid('DeploymentStatus', 'description', 'description is too long (maximum is 140 characters)');
  const status = addStatus(call.world, deployment, {
    state: (text(call, 'state') ?? 'pending') as DeploymentState,
    creator: viewerOf(call),
    description,
    environmentUrl: text(call, 'environment_url') ?? '',
    logUrl: text(call, 'log_url') ?? text(call, 'target_url') ?? '',
    autoInactive: flag(call, 'auto_inactive', true),
  });
  return created(statusJson(call.world, deployment, status));
}

const ONE = '/repos/{owner}/{repo}/deployments/{deployment_id}';

export const DEPLOYMENT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/deployments': reads('deployments', list),
  'POST /repos/{owner}/{repo}/deployments': writes('deployments', create),
  [`GET ${ONE}`]: reads('deployments', (call) => ok(deploymentJson(call.world, deploymentOf(call)))),
  [`DELETE ${ONE}`]: writes('deployments', remove),
  [`GET ${ONE}/statuses`]: reads('deployments', (call) => {
    const deployment = deploymentOf(call);
    return paged(call, deployment.statuses, (one) => statusJson(call.world, deployment, one));
  }),
  [`POST ${ONE}/statuses`]: writes('deployments', createStatus),
};
