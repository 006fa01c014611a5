import type { GitHub } from '../src/index.ts';

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what these tests look into
  body: any;
  headers: Headers;
}

/** A bare client: these tests look at what is on the wire. */
export function client(github: GitHub, token = github.token) {
  const send = async (
    url: string,
    method: string,
    body?: unknown,
    accept = 'application/json',
  ): Promise<Reply> => {
    const response = await fetch(url, {
      method,
      headers: { accept, ...(token && { authorization: `token ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
  return {
    rest: (method: string, path: string, body?: unknown, accept?: string) =>
      send(`${github.apiUrl}${path}`, method, body, accept),
    graphql: async (query: string, variables: Record<string, unknown> = {}) =>
      (await send(github.graphqlUrl, 'POST', { query, variables })).body,
  };
}

export const COMMIT = `mutation commit($branch: CommittableBranch!, $head: GitObjectID!, $changes: FileChanges!) {
  createCommitOnBranch(input: { branch: $branch, expectedHeadOid: $head, fileChanges: $changes, message: { headline: "Change", body: "Release: v1" } }) {
    commit { oid message }
    ref { name target { oid } }
  }
}`;

/** Variables of `COMMIT` for one file. */
export function oneFile(path: string, text: string, head: string, branch = 'main') {
  return {
    branch: { repositoryNameWithOwner: 'acme/shop', branchName: branch },
    head,
    changes: { additions: [{ path, contents: Buffer.from(text).toString('base64') }] },
  };
}
