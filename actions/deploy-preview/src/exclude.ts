import { type GitHub, parseRepositoryName } from '@gitops-actions/core/github';
import type { LivePreview } from '@gitops-actions/core/preview';
import { isLaterRun } from '@gitops-actions/core/release';
import { previewDeployments } from './deployment.ts';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';

/**
 * A pull request that is to have no preview loses the one it has: that is what people expect of labels who know the pull
 * request generator of Argo CD. One of a later run stays. The Deployments go first, because nobody would look for them
 * once the preview is gone.
 *
 * @param reason a sentence
 */
export async function exclude(job: Job, github: GitHub, reason: string): Promise<Outcome> {
  const { engine, plan, run, inputs, signal } = job;
  const { preview } = plan;
  const live = await standing(job);
  if (live === undefined) return { status: 'skipped', preview, reason };
  const repository = parseRepositoryName(run.repository, 'repository');
  const deployments = previewDeployments(repository, preview, inputs.environment, run);
  await deployments.retire(github, reason);
  const removal = await engine.remove(live, signal);
  if (removal.kind === 'changed')
    return { status: 'skipped', preview, reason: `${reason} Its preview stays: ${removal.reason}.` };
  const remark = removal.remark === undefined ? '' : ` Of the preview, ${removal.remark}.`;
  const outcome = { status: 'removed', preview, reason: `${reason}${remark}` } as const;
  if (removal.leftovers.length === 0) return outcome;
  const failure = `${reason} The preview was removed, but is still there: ${removal.leftovers.join(', ')}.`;
  return { ...outcome, failure };
}

async function standing({ engine, plan, signal }: Job): Promise<LivePreview | undefined> {
  const { preview } = plan;
  const found = await engine.check(preview, signal);
  if (found.kind !== 'replaced' || isLaterRun(found.by, preview)) return undefined;
  return { record: found.by, where: `preview ${preview.name}` };
}
