/** A blob as GraphQL tells it; `text` may be cut or decoded, so it is only believed when it hashes to `oid`. */
export interface BlobNode {
  readonly oid: string;
  readonly text: string | null;
}

/** An entry of a folder: a file, or a folder with its entries as far down as was asked. */
export interface TreeNode {
  readonly name: string;
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly object?: { readonly entries?: readonly TreeNode[] } | null;
}

/** A file or folder of a commit. */
export interface EntryNode {
  readonly path: string;
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly object: (Partial<BlobNode> & { readonly entries?: readonly TreeNode[] }) | null;
}

export interface CommitNode {
  readonly oid: string;
  readonly tree?: { readonly entries: readonly TreeNode[] };
  readonly [alias: string]: EntryNode | { readonly entries: readonly TreeNode[] } | string | null | undefined;
}

interface RefNode {
  readonly name: string;
  readonly target: CommitNode;
}

/** Answer to `headQuery`. */
export interface HeadAnswer {
  readonly repository: {
    readonly nameWithOwner: string;
    readonly ref?: RefNode | null;
    readonly defaultBranchRef?: RefNode | null;
  };
}

/** How deep the folders of one path are listed by the first query; deeper ones cost a request of their own. */
export const LISTED_LEVELS = 4;

/**
 * Head of a branch, files of that commit, and what lies in folders, in one request.
 *
 * @param levels for each path how many levels of it are listed, should it be a folder: variables `p0`, `p1`, …
 * @param rootLevels how many levels of the repository's root are listed
 * @param isDefault whether the repository's default branch is meant, whatever its name
 */
export function headQuery(levels: readonly number[], rootLevels: number, isDefault: boolean): string {
  const ref = isDefault ? 'defaultBranchRef' : 'ref(qualifiedName: $ref)';
  const variables = isDefault ? '' : ', $ref: String!';
  return `query ReadHead($owner: String!, $repo: String!${variables}${fileVariables(levels.length)}) {
  repository(owner: $owner, name: $repo) {
    nameWithOwner
    ${ref} { name target { oid ... on Commit { ${listing(levels, rootLevels)} } } }
  }
}`;
}

/** Answer to `commitQuery`. */
export interface CommitFilesAnswer {
  /** Without an id when the object is something else than a commit. */
  readonly repository: { readonly object: Partial<CommitNode> | null };
}

/** Files of any commit and what lies in folders, in one request; parameters as of `headQuery`. */
export function commitQuery(levels: readonly number[], rootLevels: number): string {
  const found = listing(levels, rootLevels);
  return `query ReadCommit($owner: String!, $repo: String!, $oid: GitObjectID!${fileVariables(levels.length)}) {
  repository(owner: $owner, name: $repo) { object(oid: $oid) { ... on Commit { oid ${found} } } }
}`;
}

function listing(levels: readonly number[], rootLevels: number): string {
  const root = rootLevels === 0 ? '' : `tree { ${entries(rootLevels)} }`;
  return [root, ...levels.map((level, index) => file(index, `... on Tree { ${entries(level)} }`))].join(' ');
}

function entries(levels: number): string {
  const below = levels > 1 ? `object { ... on Tree { ${entries(levels - 1)} } }` : '';
  return `entries { name mode type oid ${below} }`;
}

/** Answer to `filesQuery`. */
export interface FilesAnswer {
  readonly repository: { readonly object: CommitNode | null };
}

/** Files of a known commit, in one request. */
export function filesQuery(count: number): string {
  const files = Array.from({ length: count }, (_, index) => file(index, '')).join(' ');
  return `query ReadFiles($owner: String!, $repo: String!, $oid: GitObjectID!${fileVariables(count)}) {
  repository(owner: $owner, name: $repo) { object(oid: $oid) { oid ... on Commit { ${files} } } }
}`;
}

/** Files of several commits, in one request: variables `c0`, `c1`, … and those of the paths. */
export function statesQuery(commits: number, files: number): string {
  const indices = Array.from({ length: commits }, (_, index) => index);
  const ids = indices.map((index) => `, $c${index}: GitObjectID!`).join('');
  const objects = indices.map((index) => `c${index}: object(oid: $c${index}) { ...Files }`).join(' ');
  const fields = Array.from({ length: files }, (_, index) => file(index, '')).join(' ');
  return `query ReadStates($owner: String!, $repo: String!${ids}${fileVariables(files)}) {
  repository(owner: $owner, name: $repo) { ${objects} }
}
fragment Files on Commit { oid ${fields} }`;
}

/** Variables of the queries above for these paths. */
export function pathVariables(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
}

/** The entries of a commit that the paths named and that exist. */
export function entriesOf(commit: CommitNode, count: number): readonly EntryNode[] {
  return Array.from({ length: count }, (_, index) => commit[`f${index}`]).filter(
    (entry): entry is EntryNode => typeof entry === 'object' && entry !== null && 'path' in entry,
  );
}

function fileVariables(count: number): string {
  return Array.from({ length: count }, (_, index) => `, $p${index}: String!`).join('');
}

function file(index: number, folder: string): string {
  return `f${index}: file(path: $p${index}) { path mode type oid object { ... on Blob { oid text } ${folder} } }`;
}

export const commitMutation = `mutation CommitFiles($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}`;

/** Answer to `commitMutation`. */
export interface CommitAnswer {
  readonly createCommitOnBranch: { readonly commit: { readonly oid: string; readonly url: string } };
}
