import type { ActionContext } from '@gitops-actions/core/action';
import { spawnExec } from '@gitops-actions/core/exec';
import {
  connectGitHub,
  type GitHub,
  isAtOrAfter,
  isRunOver,
  parseRepositoryName,
} from '@gitops-actions/core/github';
import { openGitOpsRepository } from '@gitops-actions/core/gitops';
import { openCluster } from '@gitops-actions/core/kubernetes';
import {
  createController,
  createGitOpsEngine,
  createHelmEngine,
  createKustomizeCleaner,
  hasPlaceholder,
  type KustomizeEngineOptions,
  markOf,
  type PreviewCleaner,
  withController,
} from '@gitops-actions/core/preview';
import type { Inputs } from './inputs.ts';

/** An engine, and what it leaves on the runner until it is disposed of. */
export interface OpenEngine extends AsyncDisposable {
  readonly engine: PreviewCleaner;
}

/** The engine whose previews are cleaned up. */
export async function openEngine(
  inputs: Inputs,
  context: ActionContext,
  github: GitHub,
): Promise<OpenEngine> {
  const { run, environment, log } = context;
  const { engine: name, deadline, kubeconfig, namespace } = inputs;
  const mark = markOf(run);
  if (name === 'gitops') return openGitOps(inputs, context);
  const cluster = await openCluster({ kubeconfig, environment, temp: run.temp, exec: spawnExec });
  const repository = parseRepositoryName(run.repository, 'repository');
  const options: KustomizeEngineOptions = {
    cluster,
    mark,
    namespace,
    timeout: deadline,
    logLines: 0,
    isRunOver: (other) => isRunOver(github, repository, other),
    run: { runId: run.runId, runAttempt: run.runAttempt },
    log,
  };
  const engine = name === 'helm' ? createHelmEngine(options) : createKustomizeCleaner(options);
  return { engine, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}

async function openGitOps(inputs: Inputs, context: ActionContext): Promise<OpenEngine> {
  const { run, environment, log } = context;
  const { target, path, deadline, kubeconfig, namespace } = inputs;
  const repository = await openGitOpsRepository(target, context);
  const mark = markOf(run);
  const engine = createGitOpsEngine({ repository, path, mark, deadline, log, runUrl: run.url });
  if (inputs.controller === undefined) return { engine, [Symbol.asyncDispose]: async () => {} };
  const cluster = await openCluster({ kubeconfig, environment, temp: run.temp, exec: spawnExec });
  const gitops = await connectGitHub(target.token, context);
  const controlled = withController(engine, {
    controller: createController(inputs.controller, cluster, log),
    cluster,
    repository,
    path,
    descends: (commit, candidate) => isAtOrAfter(gitops, target.repository, commit, candidate),
    ownsNamespace: hasPlaceholder(namespace),
    timeout: deadline,
    logLines: 0,
    log,
  });
  return { engine: controlled, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}
