import type { ActionContext } from '@gitops-actions/core/action';
import { spawnExec } from '@gitops-actions/core/exec';
import {
  connectGitHub,
  type GitHub,
  isAtOrAfter,
  isRunOver,
  type PullRequest,
  parseRepositoryName,
} from '@gitops-actions/core/github';
import { openGitOpsRepository } from '@gitops-actions/core/gitops';
import { logLinesFor, openCluster, withProxy } from '@gitops-actions/core/kubernetes';
import {
  createController,
  createGitOpsEngine,
  createHelmEngine,
  createKustomizeEngine,
  hasPlaceholder,
  type KustomizeEngineOptions,
  markOf,
  type PreviewEngine,
  withController,
} from '@gitops-actions/core/preview';
import type { Inputs } from './inputs.ts';
import { readTemplate } from './template.ts';

/** An engine, and what it leaves on the runner until it is disposed of. */
export interface OpenEngine extends AsyncDisposable {
  readonly engine: PreviewEngine;
}

/** What an engine is made for. */
export interface EngineSubject {
  /** As GitHub says it, which may be a while. */
  readonly pullRequest: Promise<PullRequest>;
  readonly github: GitHub;
}

/**
 * The engine that the workflow asked for.
 *
 * @throws ConfigurationError when its inputs are of no use
 */
export async function openEngine(
  inputs: Inputs,
  context: ActionContext,
  subject: EngineSubject,
): Promise<OpenEngine> {
  return inputs.engine === 'gitops'
    ? openGitOps(inputs, context, subject)
    : openOnCluster(inputs, context, subject);
}

async function openGitOps(
  inputs: Inputs,
  context: ActionContext,
  { pullRequest }: EngineSubject,
): Promise<OpenEngine> {
  const { run, environment, log, signal } = context;
  const { path, target, kubeconfig, timeout, namespace } = inputs;
  const repository = await openGitOpsRepository(target, context);
  const engine = createGitOpsEngine({
    repository,
    path,
    mark: markOf(run),
    template: await readTemplate(inputs.template, run.workspace, log),
    deadline: inputs.deadline,
    log,
    runUrl: run.url,
  });
  if (inputs.controller === undefined) return { engine, [Symbol.asyncDispose]: async () => {} };
  const cluster = await openCluster({ kubeconfig, environment, temp: run.temp, exec: spawnExec });
  const gitops = await connectGitHub(target.token, { run, log, signal });
  const controlled = withController(engine, {
    controller: createController(inputs.controller, cluster, log),
    cluster,
    repository,
    path,
    descends: (commit, candidate) => isAtOrAfter(gitops, target.repository, commit, candidate),
    ownsNamespace: hasPlaceholder(namespace),
    timeout,
    logLines: logLinesFor(inputs.logLines, (await pullRequest).isPrivate),
    log,
  });
  return { engine: controlled, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}

async function openOnCluster(
  inputs: Inputs,
  { run, environment, log, signal }: ActionContext,
  { pullRequest, github }: EngineSubject,
): Promise<OpenEngine> {
  const { kubeconfig, namespace, timeout, helm, overlay } = inputs;
  const { runId, runAttempt, workspace } = run;
  const mark = markOf(run);
  const repository = parseRepositoryName(run.repository, 'repository');
  const logLines = pullRequest.then((one) => logLinesFor(inputs.logLines, one.isPrivate));
  // It is waited for when there is a log to show.
  logLines.catch(() => undefined);
  const opened = await openCluster({ kubeconfig, environment, temp: run.temp, exec: spawnExec });
  const cluster = withProxy(opened, signal);
  const options: KustomizeEngineOptions = {
    cluster,
    mark,
    namespace,
    timeout,
    logLines,
    isRunOver: (other) => isRunOver(github, repository, other),
    run: { runId, runAttempt },
    log,
  };
  const engine =
    inputs.engine === 'helm'
      ? createHelmEngine({ ...options, chart: { ...helm, workspace } })
      : createKustomizeEngine({ ...options, overlay: { folder: overlay, workspace } });
  return { engine, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}
