import { mergeState } from '../state/merges.ts';
import { pullHead } from '../state/pulls.ts';
import type { PullRecord } from '../state/records.ts';
import { timestamp } from '../state/world.ts';
import { findNode } from './query.ts';
import { type Args, type Context, fault, inputOf, plain, requireAccess, textOf } from './source.ts';

/** What waits for a pull request's requirements; null when nothing does. */
export function autoMergeRequest(pull: PullRecord) {
  const { autoMerge } = pull;
  if (!autoMerge) return null;
  return plain({
    mergeMethod: autoMerge.method,
    enabledAt: autoMerge.at,
    enabledBy: autoMerge.by,
    pullRequest: pull,
  });
}

/** https://docs.github.com/en/graphql/reference/mutations#enablepullrequestautomerge */
export async function enablePullRequestAutoMerge(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const pull = findNode(input.pullRequestId, context);
  if (pull.kind !== 'pull') throw fault('NOT_FOUND', 'Could not resolve to a PullRequest.');
  requireAccess(context, pull.repository, 'pull_requests', 'write');
  requireAccess(context, pull.repository, 'contents', 'write');
  if (!pull.repository.allowAutoMerge)
    throw fault('UNPROCESSABLE', 'Auto merge is not allowed for this repository');
  const method = textOf(input.mergeMethod);
  if (!pull.repository.mergeMethods.has(method.toLowerCase()))
    throw fault(
      'UNPROCESSABLE',
      `Merge method ${method.toLowerCase()} merging is not allowed on this repository`,
    );
  if (input.expectedHeadOid && input.expectedHeadOid !== pullHead(pull))
    throw fault('UNPROCESSABLE', 'Head branch was modified. Review and try again.');
  const state = await mergeState(pull);
  if (state === 'UNKNOWN') throw fault('UNPROCESSABLE', "Can't enable auto-merge for this pull request.");
  if (state === 'CLEAN') throw fault('UNPROCESSABLE', 'Pull request Pull request is in clean status');
  pull.autoMerge = { method, by: context.viewer.account, at: timestamp(context.world) };
  return plain({ actor: context.viewer.account, pullRequest: pull });
}
