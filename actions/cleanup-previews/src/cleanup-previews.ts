import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  parseRepositoryName,
  readPullRequestStates,
  retireDeployments,
} from '@gitops-actions/core/github';
import { openGitOpsRepository } from '@gitops-actions/core/gitops';
import { createGitOpsEngine, markOf } from '@gitops-actions/core/preview';
import { cleanUp } from './clean-up.ts';
import type { Inputs } from './inputs.ts';
import { failureOf, markdownOf } from './report.ts';

/** Decides what goes, removes it and reports. */
export async function cleanupPreviews(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const logUrl = run.url;
  const { pullRequest, path, deadline, environment, ttl, maxDeletions, dryRun } = inputs;
  const github = await connectGitHub(inputs.token, context);
  const repository = parseRepositoryName(run.repository, 'repository');
  const mark = markOf(run);
  const gitops = await openGitOpsRepository(inputs.target, context);
  const report = await cleanUp({
    engine: createGitOpsEngine({ repository: gitops, path, mark, deadline, log, runUrl: run.url }),
    pullRequest,
    readStates: (numbers) => readPullRequestStates(github, repository, mark.repositoryId, numbers),
    retire: ({ name, runId, runAttempt }, reason) => {
      const description = `Removed: ${reason}.`;
      return retireDeployments(github, repository, {
        task: `preview:${name}`,
        environment,
        upTo: { runId, runAttempt },
        logUrl,
        description,
      });
    },
    now: () => Math.floor(Date.now() / 1000),
    ttl,
    maxDeletions,
    dryRun,
    log,
    signal,
  });
  const scope = pullRequest === undefined ? run.repository : `pull request ${pullRequest}`;
  const markdown = markdownOf(report, scope);
  const failure = failureOf(report);
  const { removed, kept, failed } = report;
  const lists = {
    removed: JSON.stringify(removed),
    kept: JSON.stringify(kept),
    failed: JSON.stringify(failed),
  };
  return {
    outputs: { ...lists, report: markdown },
    summary: `### cleanup-previews\n\n${markdown}\n`,
    ...(failure !== undefined && { failure }),
  };
}
