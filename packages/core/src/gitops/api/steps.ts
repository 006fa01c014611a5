import { explain } from '../../github/index.ts';
import { unknownCommit } from '../commit-id.ts';
import { fewRoots } from '../path-match.ts';
import { LONGEST_LOG, type Step, type StepsEnd } from '../repository.ts';
import type { ApiHistory } from './history.ts';
import { type ChainNode, type ChainPage, stepsOfPage } from './steps-page.ts';

/** What each of a page's hundred commits is asked for costs time: more paths than this are taken as one folder. */
const MOST_ROOTS = 5;
/** Two thousand commits of a branch without merges. */
const MOST_PAGES = 20;

interface CommitAnswer {
  readonly oid: string;
  readonly parents: { readonly nodes: readonly [ChainNode] | readonly [] };
  readonly all: { readonly nodes: readonly ChainNode[] };
  /** Histories of the paths: `h0`, `h1`, … */
  readonly [alias: string]: unknown;
}

interface StepsAnswer {
  readonly repository: { readonly object: Partial<CommitAnswer> | null };
}

/**
 * The commits of a branch's own line that changed paths, a page of a hundred commits to a request. What stands at a path
 * is compared by object ids, commit by commit: the API's own history of a path follows merges into branches, and leaves
 * out what a merge threw away.
 *
 * @param roots the empty path is the whole repository
 */
export async function* readSteps(
  target: Omit<ApiHistory, 'branch'>,
  from: string,
  roots: readonly string[],
): AsyncGenerator<readonly Step[], StepsEnd> {
  let [tip, count] = [from, 0];
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = stepsOfPage(await readPage(target, tip, fewRoots(roots, MOST_ROOTS)));
    yield page.steps.slice(0, LONGEST_LOG - count);
    count += page.steps.length;
    if (page.next === undefined) return count > LONGEST_LOG ? 'cut' : 'whole';
    if (count >= LONGEST_LOG) return 'cut';
    tip = page.next;
  }
  return 'cut';
}

async function readPage(
  { github, repository, name, signal }: Omit<ApiHistory, 'branch'>,
  tip: string,
  roots: readonly string[],
): Promise<ChainPage> {
  const paths = roots.flatMap((root, index) => (root === '' ? [] : [[`p${index}`, root]]));
  const variables = { ...repository, oid: tip, ...Object.fromEntries(paths), request: { signal } };
  const answer = await github.graphql<StepsAnswer>(stepsQuery(roots), variables).catch((error: unknown) => {
    throw explain(error, `read the history of ${name}`, 'contents: read');
  });
  const { oid, parents, all, ...more } = answer.repository.object ?? {};
  if (oid === undefined) throw unknownCommit(tip, name);
  const histories = roots.map((_, index) => more[`h${index}`] as ChainPage['histories'][number]);
  return { tip, parent: parents?.nodes[0], nodes: all?.nodes ?? [], histories, count: roots.length };
}

function stepsQuery(roots: readonly string[]): string {
  const variables = roots.map((root, index) => (root === '' ? '' : `, $p${index}: String!`)).join('');
  const states = roots
    .map((root, index) =>
      root === '' ? `r${index}: tree { oid }` : `r${index}: file(path: $p${index}) { oid }`,
    )
    .join(' ');
  const histories = roots
    .map((root, index) => {
      const path = root === '' ? '' : `, path: $p${index}`;
      return `h${index}: history(first: 100${path}) { nodes { oid } pageInfo { hasNextPage } }`;
    })
    .join(' ');
  const node = `oid url message parents(first: 8) { nodes { oid } } ${states}`;
  return `query ReadSteps($owner: String!, $repo: String!, $oid: GitObjectID!${variables}) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit {
      oid
      parents(first: 1) { nodes { ${node} } }
      all: history(first: 100) { nodes { ${node} } }
      ${histories}
    } }
  }
}`;
}
