import { ConfigurationError, type InputReader } from '../action/index.ts';
import { readBranch } from '../gitops/index.ts';
import type { Target } from './target.ts';

/** How a change reaches the branch. */
export type Strategy = { readonly kind: 'push' } | ProposalStrategy;

export interface ProposalStrategy {
  readonly kind: 'pull-request';
  /** The pull request's own branch. */
  readonly branch: string;
  /** Empty: from its commits. */
  readonly title: string;
  readonly labels: readonly string[];
  readonly autoMerge: 'none' | 'merge' | 'squash' | 'rebase';
}

/**
 * Reads the input `strategy` and those that only belong to a pull request.
 *
 * @param target what is written
 * @throws ConfigurationError for ones without a pull request, and for a pull request over git
 */
export function readStrategy(reader: InputReader, { transport }: Pick<Target, 'transport'>): Strategy {
  const kind = reader.choice('strategy', ['push', 'pull-request']);
  const proposal = {
    branch: readBranch(reader, 'pull-request-branch'),
    title: reader.text('pull-request-title'),
    labels: reader.list('labels'),
    autoMerge: reader.choice('auto-merge', ['none', 'merge', 'squash', 'rebase']),
  };
  if (kind === 'push') {
    refuseWithoutPullRequest(proposal);
    return { kind };
  }
  if (transport === 'git')
    throw new ConfigurationError(
      'Input "strategy" is pull-request, but "transport" is git, which knows no pull requests; use "transport: api", or push.',
    );
  if (proposal.branch !== '') return { kind, ...proposal };
  throw new ConfigurationError(
    'Input "pull-request-branch" is empty; with "strategy: pull-request" name the branch that the pull request comes from.',
  );
}

function refuseWithoutPullRequest({
  branch,
  title,
  labels,
  autoMerge,
}: Omit<ProposalStrategy, 'kind'>): void {
  const given = {
    'pull-request-branch': branch !== '',
    'pull-request-title': title !== '',
    labels: labels.length > 0,
    'auto-merge': autoMerge !== 'none',
  };
  const [name] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (name !== undefined)
    throw new ConfigurationError(
      `Input "${name}" is set, but "strategy" is push; set "strategy: pull-request", or leave it out.`,
    );
}
