import { decide, type LivePreview } from '@gitops-actions/core/preview';
import type { Job, Judged } from './job.ts';

/** Decides about previews by the states of their pull requests as they are now. */
export async function judge(job: Job, previews: readonly LivePreview[]): Promise<readonly Judged[]> {
  const { now, ttl, warnBefore, keepLabel } = job;
  const numbers = [...new Set(previews.map(({ record }) => record.pullRequest))];
  const states = await job.readStates(numbers);
  return previews.map((preview) => {
    const { pullRequest } = preview.record;
    const state = states.get(pullRequest) ?? {
      state: 'unknown',
      reason: `pull request ${pullRequest} was not read`,
    };
    const lifetime = { now: now(), ttl, warnBefore, keepLabel };
    return { preview, decision: decide(preview.record, state, lifetime) };
  });
}
