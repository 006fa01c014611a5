import { setTimeout } from 'node:timers/promises';
import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  parseRepositoryName,
  readPullRequestStates,
  retireDeployments,
} from '@gitops-actions/core/github';
import { markOf } from '@gitops-actions/core/preview';
import { cleanUp } from './clean-up.ts';
import { openEngine } from './engine.ts';
import type { Inputs } from './inputs.ts';
import { failureOf, markdownOf } from './report.ts';
import { openSections } from './sections.ts';

/** Decides what goes, removes it and reports. */
export async function cleanupPreviews(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const logUrl = run.url;
  const { pullRequest, environment, ttl, warnBefore, keepLabel, maxDeletions, dryRun } = inputs;
  const github = await connectGitHub(inputs.token, context);
  const repository = parseRepositoryName(run.repository, 'repository');
  const mark = markOf(run);
  await using opened = await openEngine(inputs, context, github);
  const report = await cleanUp({
    engine: opened.engine,
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
    sections: openSections(github, repository, inputs.commentId, {
      random: Math.random,
      wait: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
    }),
    now: () => Math.floor(Date.now() / 1000),
    ttl,
    warnBefore,
    keepLabel,
    maxDeletions,
    dryRun,
    log,
    signal,
  });
  const scope = pullRequest === undefined ? run.repository : `pull request ${pullRequest}`;
  const markdown = markdownOf(report, scope);
  const failure = failureOf(report);
  const { removed, kept, warned, failed } = report;
  const lists = {
    removed: JSON.stringify(removed),
    kept: JSON.stringify(kept),
    warned: JSON.stringify(warned),
    failed: JSON.stringify(failed),
  };
  return {
    outputs: { ...lists, report: markdown },
    summary: `### cleanup-previews\n\n${markdown}\n`,
    ...(failure !== undefined && { failure }),
  };
}
