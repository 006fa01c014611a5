import { ConfigurationError } from '../action/index.ts';
import { explain, UnreadableAnswer } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { at } from './pull-request.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** A tag on a commit, lightweight or annotated. */
export interface Tag {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** Full id of the commit; never of the annotated tag's own object. */
  readonly commit: string;
}

interface TagsPage {
  readonly nodes: readonly { readonly name: string; readonly target: Target }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface TagsAnswer {
  readonly repository: { readonly refs: TagsPage };
}

interface Target {
  readonly __typename: string;
  readonly oid: string;
  /** Of an annotated tag. */
  readonly target?: Target;
}

/** Annotated tags of annotated tags are rare, deeper ones unheard of. */
const QUERY = `query Tags($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    refs(refPrefix: "refs/tags/", first: 100, after: $after) {
      nodes {
        name
        target {
          __typename oid
          ... on Tag { target { __typename oid ... on Tag { target { __typename oid } } } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const MOST_PAGES = 100;

/**
 * Reads all tags that are on commits, 100 to a request. Not narrowed by `query`: GitHub does not say what that matches.
 * https://docs.github.com/graphql/reference/objects#repository
 *
 * @returns in the order of their names; tags on trees and blobs are left out
 * @throws ConfigurationError when there are more than 10,000, or the token may not read them
 */
export async function listTags(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { nodes, pageInfo }: TagsPage = await readPage(github, repository, after, signal);
    tags.push(...nodes.flatMap(({ name, target }) => tagOn(name, target)));
    if (!pageInfo.hasNextPage) return tags;
    after = pageInfo.endCursor;
  }
  throw new ConfigurationError(
    `${fullName(repository)} has more than ${MOST_PAGES * 100} tags, more than are read; delete those that nobody needs.`,
  );
}

async function readPage(
  github: GitHub,
  repository: RepositoryName,
  after: string | null,
  signal: AbortSignal | undefined,
): Promise<TagsPage> {
  try {
    const variables = { ...repository, after, ...(signal && { request: { signal } }) };
    const answer = await github.graphql<TagsAnswer>(QUERY, variables);
    if (!Array.isArray(at(answer, 'repository', 'refs', 'nodes'))) throw new UnreadableAnswer();
    return answer.repository.refs;
  } catch (error) {
    throw explain(error, `read the tags of ${fullName(repository)}`, 'contents: read');
  }
}

function tagOn(name: string, target: Target): Tag[] {
  let object: Target | undefined = target;
  while (object?.__typename === 'Tag') object = object.target;
  return object?.__typename === 'Commit' ? [{ name, commit: object.oid }] : [];
}
