import { illegal } from '../action/index.ts';

/** Owner and name of a repository, as the REST methods take them. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/**
 * Parses `owner/name`. https://docs.github.com/rest/repos/repos#get-a-repository
 *
 * @param input the input it came from, for the error
 * @throws ConfigurationError when the text is anything else (a URL, a path, three parts)
 */
export function parseRepositoryName(text: string, input: string): RepositoryName {
  const [, owner, repo] = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/([A-Za-z0-9._-]{1,100})$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined || repo === '.' || repo === '..') {
    throw illegal(input, text, 'a repository as owner/name');
  }
  return { owner, repo };
}

/** `owner/name`. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}
