import type { Run } from '@gitops-actions/core/action';
import {
  at,
  type Conversation,
  fullName,
  type GitHub,
  numberAt,
  pullRequestNumber,
} from '@gitops-actions/core/github';
import type { Inputs } from './inputs.ts';

/**
 * The pull request or issue that the comment belongs to: the one of the input, else the one that the event is about.
 *
 * @throws ConfigurationError when the event is about neither
 */
export async function findConversation(github: GitHub, inputs: Inputs, run: Run): Promise<Conversation> {
  const { repository } = inputs;
  // The events `issues` and `issue_comment` name an issue; a pull request is one as well.
  const known = inputs.number ?? numberAt(run.event, 'issue', 'number');
  const number = known ?? (await pullRequestNumber(github, repository, run, undefined));
  const permission = isIssue(run, inputs, number) ? 'issues: write' : 'pull-requests: write';
  return { github, repository, number, permission };
}

/** Whether the event says that it is no pull request. */
function isIssue({ event, repository }: Run, inputs: Inputs, number: number): boolean {
  const isHere = fullName(inputs.repository).toLowerCase() === repository.toLowerCase();
  const isNamed = numberAt(event, 'issue', 'number') === number;
  return isHere && isNamed && at(event, 'issue', 'pull_request') === undefined;
}
