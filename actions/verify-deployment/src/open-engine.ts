import type { ActionContext } from '@gitops-actions/core/action';
import { isSameRepository } from '@gitops-actions/core/controller';
import { openTarget, type Target } from '@gitops-actions/core/delivery';
import { fullName } from '@gitops-actions/core/github';
import type { GitOpsRepository } from '@gitops-actions/core/gitops';
import type { Cluster } from '@gitops-actions/core/kubernetes';
import { createArgoCdEngine } from './argocd-engine.ts';
import type { EngineOptions, VerificationEngine } from './engine.ts';
import { createFluxEngine } from './flux-engine.ts';
import type { Inputs } from './inputs.ts';
import { replacementsIn } from './replacements.ts';
import { createRolloutEngine } from './rollout-engine.ts';
import { createWorkloadEngine } from './workload-engine.ts';

/** An engine, and what it leaves on the runner until it is disposed of. */
export interface OpenEngine extends AsyncDisposable {
  readonly engine: VerificationEngine;
}

/**
 * The engine that the workflow asked for.
 *
 * @throws ConfigurationError when the commit is not in the GitOps repository
 */
export async function openEngine(
  inputs: Inputs,
  cluster: Cluster,
  context: ActionContext,
): Promise<OpenEngine> {
  const { engine, selection, namespace, images, logLines } = inputs;
  const options = { cluster, selection, namespace, images, logLines, log: context.log };
  if (engine === 'argocd' || engine === 'flux') return openController(engine, inputs, options, context);
  const create = engine === 'rollout' ? createRolloutEngine : createWorkloadEngine;
  return { engine: create(options), [Symbol.asyncDispose]: async () => {} };
}

/** Controllers are asked about a commit, which the GitOps repository must know. */
async function openController(
  engine: 'argocd' | 'flux',
  inputs: Inputs,
  options: EngineOptions,
  context: ActionContext,
): Promise<OpenEngine> {
  const { run, signal } = context;
  const { target, commit } = inputs;
  const repository = await openTarget(target, context);
  const dispose = () => repository[Symbol.asyncDispose]();
  try {
    await repository.isAtOrAfter(commit, commit, signal);
    const address = addressOf(target, run.serverUrl);
    const controlled = {
      ...options,
      commit,
      descends: (one: string, candidate: string) => repository.isAtOrAfter(one, candidate, signal),
      targets: () => targetsWith(repository, target.branch, commit, signal),
      replacements: replacementsIn(repository, inputs, context),
      isOurs: (repoUrl: string) => isSameRepository(repoUrl, address),
      now: () => performance.now(),
    };
    const create = engine === 'argocd' ? createArgoCdEngine : createFluxEngine;
    return { engine: create(controlled), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The default branch's name is known once it was read. https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/ */
async function targetsWith(
  repository: GitOpsRepository,
  branch: string,
  commit: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { head } = await repository.read([], signal);
  if (!(await repository.isAtOrAfter(commit, head, signal))) return [];
  const name = branch || repository.name.slice(repository.name.lastIndexOf('@') + 1);
  return [name, `refs/heads/${name}`, ...(branch === '' ? ['HEAD', ''] : [])];
}

function addressOf(target: Target, serverUrl: string): string {
  return target.transport === 'git' ? target.remote.url : `${serverUrl}/${fullName(target.repository)}`;
}
