import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Landing, land, openGitOpsRepository } from '@gitops-actions/core/gitops';
import type { Change } from '@gitops-actions/core/manifest';
import { type Inputs, readInputs } from './inputs.ts';
import { summarize } from './summary.ts';

export const action: Action<Inputs> = { name: 'update-manifest', readInputs, work };

async function work(
  { target, paths, images, deadline }: Inputs,
  context: ActionContext,
): Promise<ActionResult> {
  const { run, log, signal } = context;
  // YAML is only loaded once there is work: starting up, and refusing bad input, is 15 ms faster without it.
  const { editImages } = await import(/* webpackMode: "eager" */ './edit-images.ts');
  const repository = await openGitOpsRepository(target, context);
  const edit = editImages(paths, images, run);
  const landing = await land(repository, edit, {
    paths: images.length === 0 ? [] : paths,
    deadline,
    signal,
    log,
  });
  log.info(sentence(landing, repository.name));
  return {
    outputs: { result: landing.kind, commit: landing.commit, changes: JSON.stringify(landing.result) },
    summary: summarize(landing, repository.name),
  };
}

function sentence({ kind, commit, result, attempts }: Landing<readonly Change[]>, name: string): string {
  if (kind === 'unchanged') return `${name} already holds these images at ${commit}; no commit was made.`;
  const updated = result.filter((change) => change.result === 'updated').length;
  const tries = attempts === 1 ? '' : ` after ${attempts} attempts`;
  return `Commit ${commit} on ${name} changes ${updated} ${updated === 1 ? 'value' : 'values'}${tries}.`;
}
