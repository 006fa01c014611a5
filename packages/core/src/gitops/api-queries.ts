/** A blob as GraphQL tells it; `text` may be cut or decoded, so it is only believed when it hashes to `oid`. */
export interface BlobNode {
  readonly oid: string;
  readonly text: string | null;
}

/** A file or folder of a commit. */
export interface EntryNode {
  readonly path: string;
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly object: Partial<BlobNode> | null;
}

interface CommitNode {
  readonly oid: string;
  readonly [alias: string]: EntryNode | string | null;
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

/**
 * Head of a branch and files of that commit, in one request.
 *
 * @param count how many files: variables `p0`, `p1`, …
 * @param isDefault whether the repository's default branch is meant, whatever its name
 */
export function headQuery(count: number, isDefault: boolean): string {
  const ref = isDefault ? 'defaultBranchRef' : 'ref(qualifiedName: $ref)';
  const variables = isDefault ? '' : ', $ref: String!';
  return `query ReadHead($owner: String!, $repo: String!${variables}${fileVariables(count)}) {
  repository(owner: $owner, name: $repo) {
    nameWithOwner
    ${ref} { name target { oid ... on Commit { ${files(count)} } } }
  }
}`;
}

/** Answer to `filesQuery`. */
export interface FilesAnswer {
  readonly repository: { readonly object: CommitNode | null };
}

/** Files of a known commit, in one request. */
export function filesQuery(count: number): string {
  return `query ReadFiles($owner: String!, $repo: String!, $oid: GitObjectID!${fileVariables(count)}) {
  repository(owner: $owner, name: $repo) { object(oid: $oid) { oid ... on Commit { ${files(count)} } } }
}`;
}

/** Variables of the two queries above for these paths. */
export function pathVariables(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
}

/** The entries of a commit that the paths named and that exist. */
export function entriesOf(commit: CommitNode, count: number): readonly EntryNode[] {
  return Array.from({ length: count }, (_, index) => commit[`f${index}`]).filter(
    (entry): entry is EntryNode => typeof entry === 'object' && entry !== null,
  );
}

function fileVariables(count: number): string {
  return Array.from({ length: count }, (_, index) => `, $p${index}: String!`).join('');
}

function files(count: number): string {
  const entry = '{ path mode type oid object { ... on Blob { oid text } } }';
  return Array.from({ length: count }, (_, index) => `f${index}: file(path: $p${index}) ${entry}`).join(' ');
}

export const commitMutation = `mutation CommitFiles($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}`;

/** Answer to `commitMutation`. */
export interface CommitAnswer {
  readonly createCommitOnBranch: { readonly commit: { readonly oid: string; readonly url: string } };
}

export const historyQuery = `query FindCommit($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $ref) {
      target { ... on Commit { history(first: 100) { nodes { oid url message parents(first: 1) { nodes { oid } } } } } }
    }
  }
}`;

/** Answer to `historyQuery`. */
export interface HistoryAnswer {
  readonly repository: {
    readonly ref: {
      readonly target: {
        readonly history: {
          readonly nodes: readonly {
            readonly oid: string;
            readonly url: string;
            readonly message: string;
            readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
          }[];
        };
      };
    } | null;
  };
}
