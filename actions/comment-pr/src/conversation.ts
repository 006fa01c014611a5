import type { Run } from '@gitops-actions/core/action';
import { at, type GitHub, pullRequestNumber } from '@gitops-actions/core/github';
import type { Inputs } from './inputs.ts';

/**
 * Number of the pull request or issue that the comment belongs to: the input, else what the event is about.
 *
 * @throws ConfigurationError when the event is about neither
 */
export async function conversationNumber(github: GitHub, inputs: Inputs, run: Run): Promise<number> {
  const number = inputs.number ?? issueInEvent(run);
  return number ?? pullRequestNumber(github, inputs.repository, run, undefined);
}

/** The events `issues` and `issue_comment` name an issue; a pull request is one as well. */
function issueInEvent({ event }: Run): number | undefined {
  const number = at(event, 'issue', 'number');
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
