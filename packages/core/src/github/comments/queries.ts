/** Texts per page of a comment's history: what an update's answer carries, and how far back a lost write is healed. */
export const HISTORY_PAGE = 25;

const COMMENT = 'fragment comment on IssueComment { id fullDatabaseId url body viewerDidAuthor isMinimized }';

const BOTH_ENDS = `
      locked
      first: comments(first: 100) { totalCount nodes { ...comment } }
      last: comments(last: 100) { nodes { ...comment } }`;

/** The first and the last hundred comments of a pull request or issue in one request. */
export const FIND_COMMENTS = `query findComments($owner: String!, $repo: String!, $number: Int!) {
  viewer { login }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) {
      ... on Issue {${BOTH_ENDS} }
      ... on PullRequest {${BOTH_ENDS} }
    }
  }
}
${COMMENT}`;

/** A comment as the API gives it. */
export interface CommentNode {
  readonly id: string;
  readonly fullDatabaseId: string;
  readonly url: string;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly isMinimized: boolean;
}

export interface FoundComments {
  readonly viewer: { readonly login: string };
  readonly repository: {
    readonly issueOrPullRequest: {
      readonly locked: boolean;
      readonly first: { readonly totalCount: number; readonly nodes: readonly CommentNode[] };
      readonly last: { readonly nodes: readonly CommentNode[] };
    } | null;
  } | null;
}

const HISTORY = `fragment history on IssueComment {
  body
  isMinimized
  userContentEdits(first: ${HISTORY_PAGE}, after: $after) { nodes { diff } pageInfo { hasNextPage endCursor } }
}`;

/** Replaces a comment's text; the answer shows what it replaced. */
export const UPDATE_COMMENT = `mutation updateComment($id: ID!, $body: String!, $after: String) {
  updateIssueComment(input: { id: $id, body: $body }) { issueComment { ...history } }
}
${HISTORY}`;

/** Hides a comment behind its reason. */
export const HIDE_COMMENT = `mutation hideComment($id: ID!, $classifier: ReportedContentClassifiers!) {
  minimizeComment(input: { subjectId: $id, classifier: $classifier }) { minimizedComment { isMinimized } }
}`;

/** Shows a hidden comment again. */
export const SHOW_COMMENT = `mutation showComment($id: ID!) {
  unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } }
}`;

/** Looks at a comment and its history. */
export const LOOK_AT_COMMENT = `query lookAtComment($id: ID!, $after: String) {
  node(id: $id) { ...history }
}
${HISTORY}`;

/** A comment with its texts, newest first; each \`diff\` is the whole text of that revision. */
export interface HistoryNode {
  readonly body: string;
  readonly isMinimized: boolean;
  readonly userContentEdits?: {
    readonly nodes: readonly { readonly diff: string | null }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}
