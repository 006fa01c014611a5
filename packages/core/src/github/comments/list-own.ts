import { explain, UnreadableAnswer } from '../failure.ts';
import type { GitHub } from '../octokit.ts';
import { fullName, type RepositoryName } from '../repository-name.ts';
import { type CommentNode, FIND_COMMENTS, type FoundComments } from './queries.ts';
import type { Listing, StoredComment } from './store.ts';

const PAGE = 100;
/** One more is refused: "Commenting is disabled on issues with more than 2500 comments". */
const MOST_COMMENTS = 2500;

/** A pull request or issue, and how to reach it. */
export interface Conversation {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly number: number;
  /** What the token needs to comment there, as a workflow spells it: `issues: write`. */
  readonly permission: string;
}

/** `acme/shop#42` */
export function place({ repository, number }: Conversation): string {
  return `${fullName(repository)}#${number}`;
}

/** The error for a read that failed, in one sentence. */
export function readFailure(thrown: unknown, conversation: Conversation): Error {
  return explain(thrown, `read the comments of ${place(conversation)}`, conversation.permission);
}

/**
 * Comments of the token's account for which `isOurs` says yes.
 *
 * @throws ConfigurationError when the conversation is not there or may not be read
 */
export async function listOwn(
  conversation: Conversation,
  isOurs: (body: string) => boolean,
): Promise<Listing> {
  try {
    const { viewer, ends, total, takesNoMore } = await bothEnds(conversation);
    const own = ends.filter((node) => node.viewerDidAuthor && isOurs(node.body)).map(fromNode);
    if (own.length > 0 || total <= 2 * PAGE) return { comments: unique(own), takesNoMore };
    const middle = await between(conversation, viewer, total);
    return { comments: unique(middle.filter(({ body }) => isOurs(body))), takesNoMore };
  } catch (error) {
    throw readFailure(error, conversation);
  }
}

async function bothEnds({ github, repository, number }: Conversation) {
  const answer = await github.graphql<FoundComments | undefined>(FIND_COMMENTS, { ...repository, number });
  const found = answer?.repository?.issueOrPullRequest;
  if (!found) throw new UnreadableAnswer();
  const { first, last, locked } = found;
  const ends = [...first.nodes, ...last.nodes];
  const total = first.totalCount;
  return { viewer: answer.viewer.login, ends, total, takesNoMore: locked || total >= MOST_COMMENTS };
}

/** The comments that are neither among the first nor the last hundred, page by page at once. */
async function between(
  { github, repository, number }: Conversation,
  viewer: string,
  total: number,
): Promise<readonly StoredComment[]> {
  const last = Math.ceil((total - PAGE) / PAGE);
  const pages = await Promise.all(
    Array.from({ length: last - 1 }, (_, index) =>
      github.rest.issues.listComments({
        ...repository,
        issue_number: number,
        per_page: PAGE,
        page: index + 2,
      }),
    ),
  );
  return pages
    .flatMap(({ data }) => data)
    .filter(({ user }) => user?.login === viewer)
    .map(({ id, node_id, html_url, body }) => ({ id, nodeId: node_id, url: html_url, body: body ?? '' }));
}

function fromNode({ id, fullDatabaseId, url, body, isMinimized }: CommentNode): StoredComment {
  return { id: Number(fullDatabaseId), nodeId: id, url, body, isHidden: isMinimized };
}

/** With fewer than two hundred comments both ends overlap. */
function unique(comments: readonly StoredComment[]): readonly StoredComment[] {
  return [...new Map(comments.map((comment) => [comment.id, comment])).values()];
}
