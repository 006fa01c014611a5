import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  parseRepositoryName,
  pullRequestNumber,
  readPullRequest,
} from '@gitops-actions/core/github';
import { bringUp } from './bring-up.ts';
import { noRoom } from './cap.ts';
import { openEngine } from './engine.ts';
import { exclude } from './exclude.ts';
import { exclusion } from './exclusion.ts';
import { gate } from './gate.ts';
import type { Inputs } from './inputs.ts';
import { planPreview } from './plan.ts';
import { resultOf } from './result.ts';

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
  await using opened = await openEngine(inputs, context, { preview: plan.preview, pullRequest, github });
  const { engine } = opened;
  const job = { inputs, run, plan, engine, connect, log, signal };
  const excluded = exclusion(inputs.gates, pullRequest);
  if (excluded !== undefined) return resultOf(await exclude(job, github, excluded), context);
  const reason = await noRoom(engine, plan.preview, inputs.gates.maxPreviews, signal);
  if (reason !== undefined) return resultOf({ status: 'skipped', preview: plan.preview, reason }, context);
  return resultOf(await bringUp(job), context);
}
