/** One API call. */
export interface RequestRecord {
  /** Position in order of arrival, from 1; never reused. */
  n: number;
  method: string;
  /** Path with query, as sent. */
  path: string;
  /** e.g. `POST /repos/{owner}/{repo}/deployments`, in GitHub's own parameter names; `graphql <operation>` for GraphQL. */
  route: string;
  /** GraphQL operation name, else its first field. */
  operation?: string;
  /** GraphQL fields asked at the top, without their aliases. */
  fields?: string[];
  /** 0 until it is answered and when the connection was cut. */
  status: number;
  /** Login of the token; empty without one. */
  token: string;
  startedAt: Date;
  ms: number;
  bytesIn: number;
  bytesOut: number;
  userAgent: string;
  /** Parsed request body. */
  body: unknown;
}

/** One request of git over HTTP. */
export interface GitRequestRecord {
  n: number;
  method: string;
  path: string;
  /** `git GET git-upload-pack` (the list of refs), `git POST git-receive-pack` (the push itself), … */
  route: string;
  service: 'git-upload-pack' | 'git-receive-pack' | 'other';
  status: number;
  token: string;
  startedAt: Date;
  ms: number;
  bytesIn: number;
  bytesOut: number;
}
