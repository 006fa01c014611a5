import { explain, type GitHub, type RepositoryName } from '../../github/index.ts';
import { LONGEST_LOG, type LogEntry } from '../repository.ts';
import { interleave } from './interleave.ts';

interface HistoryNode {
  readonly oid: string;
  readonly url: string;
  readonly message: string;
  readonly committedDate: string;
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
}

/** Histories by their alias: `h0`, `h1`, … of the paths, `all` of the branch. */
type Histories = Readonly<Record<string, { readonly nodes: readonly HistoryNode[] }>>;

interface HistoryAnswer {
  readonly repository: { readonly ref: { readonly target: Histories } | null };
}

/** A branch of a repository, and how messages call it. */
export interface ApiHistory {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly branch: string;
  /** `acme/gitops@main`. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * The last hundred commits of a branch that touched any of these files and folders, newest first, in one request. The API
 * lists one path at a time; several lists are put together by the branch's own history, and further down by their dates.
 *
 * @param roots the empty path is the whole repository
 */
export async function readHistory(
  target: ApiHistory,
  roots: readonly string[],
): Promise<readonly LogEntry[]> {
  if (roots.length === 0) return [];
  const { github, repository, branch, name, signal } = target;
  const paths = Object.fromEntries(roots.map((root, index) => [`p${index}`, root || null]));
  const variables = { ...repository, ...paths, ref: `refs/heads/${branch}`, request: { signal } };
  const answer = await github
    .graphql<HistoryAnswer>(historyQuery(roots.length), variables)
    .catch((error: unknown) => {
      throw explain(error, `read the history of ${name}`, 'contents: read');
    });
  const histories = answer.repository.ref?.target ?? {};
  const lists = roots.map((_, index) => histories[`h${index}`]?.nodes ?? []);
  return interleave(lists, histories.all?.nodes ?? [])
    .slice(0, LONGEST_LOG)
    .map(({ oid, url, message, parents }) => ({
      id: oid,
      url,
      message,
      parent: parents.nodes[0]?.oid ?? '',
    }));
}

function historyQuery(count: number): string {
  const nodes = 'nodes { oid url message committedDate parents(first: 1) { nodes { oid } } }';
  const indices = Array.from({ length: count }, (_, index) => index);
  const variables = indices.map((index) => `, $p${index}: String`).join('');
  const histories = indices.map(
    (index) => `h${index}: history(first: ${LONGEST_LOG}, path: $p${index}) { ${nodes} }`,
  );
  const all = count > 1 ? [`all: history(first: ${LONGEST_LOG}) { ${nodes} }`] : [];
  return `query ReadHistory($owner: String!, $repo: String!, $ref: String!${variables}) {
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $ref) { target { ... on Commit { ${[...histories, ...all].join(' ')} } } }
  }
}`;
}
