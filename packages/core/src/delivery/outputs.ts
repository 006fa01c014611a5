import type { Outcome } from './outcome.ts';

/** The outputs that every action which writes manifests has. */
export function outputsOf({ result, commit, pullRequest, edited }: Outcome) {
  return {
    result,
    commit,
    'pull-request': pullRequest === undefined ? '' : String(pullRequest.number),
    'pull-request-url': pullRequest?.url ?? '',
    changes: JSON.stringify(edited.changes),
    diff: edited.diff,
  };
}
