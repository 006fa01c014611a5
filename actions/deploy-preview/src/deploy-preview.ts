import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  parseRepositoryName,
  pullRequestNumber,
  readPullRequest,
} from '@gitops-actions/core/github';
import { openGitOpsRepository } from '@gitops-actions/core/gitops';
import { createGitOpsEngine } from '@gitops-actions/core/preview';
import { bringUp } from './bring-up.ts';
import { gate } from './gate.ts';
import type { Inputs } from './inputs.ts';
import { planPreview } from './plan.ts';
import { resultOf } from './result.ts';
import { readTemplate } from './template.ts';

/** Decides, deploys and says how it ended. */
export async function deployPreview(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const connect = (until: AbortSignal) => connectGitHub(inputs.token, { run, log, signal: until });
  const github = await connect(signal);
  const repository = parseRepositoryName(run.repository, 'repository');
  const number = await pullRequestNumber(github, repository, run, inputs.pullRequest);
  const pullRequest = await readPullRequest(github, repository, number);
  const plan = planPreview(inputs, run, pullRequest, Date.now());
  const refusal = gate(run, pullRequest);
  if (refusal) return resultOf({ ...refusal, preview: plan.preview }, context);
  const { repositoryId, server } = plan.preview;
  const engine = createGitOpsEngine({
    repository: await openGitOpsRepository(inputs.target, context),
    path: inputs.path,
    mark: { repositoryId, server },
    template: await readTemplate(inputs.template, run.workspace, log),
    deadline: inputs.deadline,
    log,
    runUrl: run.url,
  });
  const outcome = await bringUp({ inputs, run, plan, engine, connect, log, signal });
  return resultOf(outcome, context);
}
