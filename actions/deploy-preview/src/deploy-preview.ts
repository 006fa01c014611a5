import type { ActionContext, ActionResult, Run } from '@gitops-actions/core/action';
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
import { pullRequestInEvent } from './expected.ts';
import { gate } from './gate.ts';
import type { Inputs } from './inputs.ts';
import { openLater } from './opening.ts';
import { type Plan, planPreview } from './plan.ts';
import { resultOf } from './result.ts';

/** Decides, deploys and says how it ended. */
export async function deployPreview(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const connect = (until: AbortSignal) => connectGitHub(inputs.token, { run, log, signal: until });
  const github = await connect(signal);
  const repository = parseRepositoryName(run.repository, 'repository');
  const number = await pullRequestNumber(github, repository, run, inputs.pullRequest);
  const expected = expectedPlan(inputs, run, number);
  const reading = readPullRequest(github, repository, number);
  const open = () => openEngine(inputs, context, { pullRequest: reading, github });
  await using opening = openLater(open, signal);
  if (expected && inputs.engine !== 'gitops') opening.begin(expected.preview);
  const pullRequest = await reading;
  const plan = expected ?? planPreview(inputs, run, pullRequest, Date.now());
  const refusal = gate(run, pullRequest);
  if (refusal) return resultOf({ ...refusal, preview: plan.preview }, context);
  const engine = await opening.engine();
  const job = { inputs, run, plan, engine, connect, log, signal };
  const excluded = exclusion(inputs.gates, pullRequest);
  if (excluded !== undefined) return resultOf(await exclude(job, github, excluded), context);
  const reason = await noRoom(engine, plan.preview, inputs.gates.maxPreviews, signal);
  if (reason !== undefined) return resultOf({ status: 'skipped', preview: plan.preview, reason }, context);
  return resultOf(await bringUp(job), context);
}

/** What this run will deploy if GitHub says of the pull request what the event says. */
function expectedPlan(inputs: Inputs, run: Run, number: number): Plan | undefined {
  const pullRequest = pullRequestInEvent(run, number);
  if (
    pullRequest === undefined ||
    gate(run, pullRequest) ||
    exclusion(inputs.gates, pullRequest) !== undefined
  )
    return undefined;
  return planPreview(inputs, run, pullRequest, Date.now());
}
