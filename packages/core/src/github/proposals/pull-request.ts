import { ConfigurationError, messageOf } from '../../action/index.ts';
import { explain, failureKind } from '../failure.ts';
import { fullName } from '../repository-name.ts';
import type { ProposalPlace } from './look.ts';

export interface PullRequestText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/**
 * Opens the pull request. https://docs.github.com/rest/pulls/pulls#create-a-pull-request
 *
 * @returns number and page; undefined when nothing is sure: somebody else opened it first, the branch holds nothing new any more, or no answer
 *   came; look before trying again
 * @throws ConfigurationError naming the permission or the setting that is missing
 */
export async function createPullRequest(
  place: ProposalPlace,
  base: string,
  text: PullRequestText,
): Promise<{ readonly number: number; readonly url: string } | undefined> {
  const { github, repository, branch, signal } = place;
  try {
    const { data } = await github.rest.pulls.create({
      ...repository,
      head: branch,
      base,
      ...text,
      request: { signal },
    });
    return { number: data.number, url: data.html_url };
  } catch (error) {
    if (failureKind(error) === 'ambiguous') return undefined;
    if (/already exists|no commits between|head is invalid|head sha can't be blank/i.test(messageOf(error)))
      return undefined;
    throw explainCreate(error, place);
  }
}

function explainCreate(error: unknown, { repository, branch }: ProposalPlace): Error {
  const name = fullName(repository);
  if (!/not permitted to create or approve/i.test(messageOf(error)))
    return explain(error, `open a pull request for ${branch} in ${name}`, 'pull-requests: write');
  return new ConfigurationError(
    `Cannot open a pull request for ${branch} in ${name}: GitHub does not let the job's own token create pull requests there. ` +
      'Pass the token of a GitHub App, or turn on "Allow GitHub Actions to create and approve pull requests" (Settings → Actions → General).',
    { cause: error },
  );
}

/**
 * Gives an open pull request its new text; what is not named stays. Sending the same twice changes nothing, so a lost
 * answer needs no look. https://docs.github.com/rest/pulls/pulls#update-a-pull-request
 */
export async function updatePullRequest(
  { github, repository, signal }: ProposalPlace,
  number: number,
  text: Partial<PullRequestText>,
): Promise<void> {
  await github.rest.pulls
    .update({ ...repository, pull_number: number, ...text, request: { signal } })
    .catch((error: unknown) => {
      throw explain(
        error,
        `update pull request ${number} of ${fullName(repository)}`,
        'pull-requests: write',
      );
    });
}

/**
 * Adds labels; those it has stay, and adding twice changes nothing.
 * https://docs.github.com/rest/issues/labels#add-labels-to-an-issue
 */
export async function addLabels(
  { github, repository, signal }: ProposalPlace,
  number: number,
  labels: readonly string[],
): Promise<void> {
  await github.rest.issues
    .addLabels({ ...repository, issue_number: number, labels: [...labels], request: { signal } })
    .catch((error: unknown) => {
      throw explain(
        error,
        `add labels to pull request ${number} of ${fullName(repository)}`,
        'pull-requests: write',
      );
    });
}
