import { ConfigurationError } from '../action/index.ts';

/** Whether a text is a full commit id: 40 hex digits, or 64 in SHA-256 repositories. */
export function isCommitId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * The error for a commit that a repository does not have.
 *
 * @param name how messages call the repository: `acme/gitops@main`
 */
export function unknownCommit(commit: string, name: string): ConfigurationError {
  return new ConfigurationError(
    `The commit ${JSON.stringify(commit)} is not in ${name}; pass the full id of a commit of that repository.`,
  );
}
