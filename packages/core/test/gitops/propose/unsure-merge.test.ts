import { faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { startStage } from './stage.ts';

test('auto-merge that is never answered ends with the deadline', async () => {
  await using stage = await startStage({ allowAutoMerge: true });
  stage.github.inject({ match: 'graphql enablePullRequestAutoMerge', ...faults.serverError(502) });
  await expect(stage.propose('s1', 'v2', { autoMerge: 'squash', deadline: 1500 })).rejects.toThrow(
    'so the pull request may lack this change; re-run the job, or raise the input "deadline".',
  );
}, 30_000);
