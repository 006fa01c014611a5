import { ConfigurationError, type InputReader, illegal, type Run } from '../action/index.ts';
import { fullName, parseRepositoryName, type RepositoryName } from '../github/index.ts';

/** Which branch of which repository an action writes, and with what. */
export interface GitOpsTarget {
  readonly repository: RepositoryName;
  /** Empty: the default branch. */
  readonly branch: string;
  readonly token: string;
}

/**
 * Reads the inputs `repository`, `branch` and `gitops-token`, which all actions that write a GitOps repository share.
 *
 * @param token the job's token; it only opens the repository the workflow runs in
 * @throws ConfigurationError when another repository is named without a token for it
 */
export function readGitOpsTarget(reader: InputReader, run: Run, token: string): GitOpsTarget {
  const repository = parseRepositoryName(reader.required('repository'), 'repository');
  const branch = readBranch(reader, 'branch');
  const gitopsToken = reader.secret('gitops-token');
  const isThisOne = fullName(repository).toLowerCase() === run.repository.toLowerCase();
  if (gitopsToken === '' && !isThisOne) {
    throw new ConfigurationError(
      `Input "gitops-token" is empty, but "repository" is ${fullName(repository)} and the job's token only opens ${run.repository}; ` +
        'mint a token of a GitHub App that is installed there (actions/create-github-app-token, permission contents: write) and pass it.',
    );
  }
  return { repository, branch, token: gitopsToken || token };
}

/**
 * Reads the name of a branch; optional. Git's own rules, as far as they matter here:
 * https://git-scm.com/docs/git-check-ref-format
 *
 * @returns without `refs/heads/`; empty when it was not given
 */
export function readBranch(reader: InputReader, input: string): string {
  const branch = reader.text(input).replace(/^refs\/heads\//, '');
  if (/^[-/.]|\.\.|@\{|\/\/|[\s~^:?*[\\\p{Cc}]|(?:\.lock|[/.])$/u.test(branch)) {
    throw illegal(input, branch, 'a branch name that git accepts');
  }
  return branch;
}
