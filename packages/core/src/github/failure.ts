import { ConfigurationError, messageOf } from '../action/index.ts';

/** The parts of Octokit's errors that are read here, and nothing else of them. */
interface ApiError {
  readonly status?: number;
  readonly message: string;
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> };
  readonly errors?: readonly ApiFault[];
}

interface ApiFault {
  readonly type?: string;
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** An answer with a good status and a body that is not GitHub's: a proxy's, a login page's. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';

  constructor() {
    super('the answer is not one of GitHub');
  }
}

/** What the API said, sorted by what the caller can do about it. */
export type FailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'protected'
  | 'stale'
  | 'unsupported'
  | 'ambiguous'
  | 'other';

/**
 * Sorts what a GitHub client threw.
 *
 * `ambiguous` means that no answer says whether the work was done: a 5xx, a broken connection, an answer of something else.
 * `stale` is GraphQL's answer to an `expectedHeadOid` that is no longer the head.
 */
export function failureKind(thrown: unknown): FailureKind {
  if (thrown instanceof UnreadableAnswer) return 'ambiguous';
  const error = asApiError(thrown);
  const type = error.errors?.[0]?.type;
  if (type === 'STALE_DATA' || /expected branch to point to|cannot lock ref/i.test(error.message))
    return 'stale';
  if (/protected branch|repository rule violation/i.test(error.message)) return 'protected';
  if (isUnknownField(error)) return 'unsupported';
  if (type === 'NOT_FOUND') return 'not-found';
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return 'forbidden';
  if (type === 'RATE_LIMITED' || error.status === 429 || isLimit(error)) return 'rate-limited';
  if (error.status === 401) return 'unauthorized';
  if (error.status === 403) return 'forbidden';
  if (error.status === 404 || error.status === 410) return 'not-found';
  return error.status !== undefined && error.status >= 500 ? 'ambiguous' : 'other';
}

/**
 * Puts an API failure into one sentence that names the missing permission or setting.
 *
 * @param thrown what the client threw
 * @param doing what was tried, after "Cannot": `write a comment on acme/shop#42`
 * @param needs the permission as a workflow spells it: `pull-requests: write`
 * @returns an error to throw; a rate limit, a refusal and a missing thing are configuration errors
 */
export function explain(thrown: unknown, doing: string, needs: string): Error {
  if (thrown instanceof ConfigurationError) return thrown;
  const error = asApiError(thrown);
  const said = saidBy(error);
  const cure = cureFor(failureKind(thrown), acceptedPermission(error, needs));
  const status = error.status === undefined ? '' : ` (${error.status})`;
  const sentence = `Cannot ${doing}: ${said}${status}. ${cure}`.trim();
  return cure === ''
    ? new Error(sentence, { cause: thrown })
    : new ConfigurationError(sentence, { cause: thrown });
}

/** How many seconds a rate limit asks to wait; undefined when the failure says nothing of that. */
export function retryAfterOf(thrown: unknown): number | undefined {
  const seconds = Number(asApiError(thrown).response?.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

const LONGEST_SAYING = 300;

/** What the API said, without its full stop. A gateway's or proxy's error page says nothing that helps. */
function saidBy(error: ApiError): string {
  const text = (error.errors?.[0]?.message ?? error.message).trim();
  if (/^["\s]*<(?:!doctype|html|\?xml)\b/i.test(text)) return 'the answer was a web page';
  const line = text
    .slice(0, 10 * LONGEST_SAYING)
    .replace(/ - https:\/\/docs\.github\.com\S*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  return line.length > LONGEST_SAYING ? `${line.slice(0, LONGEST_SAYING)}…` : line;
}

function cureFor(kind: FailureKind, permission: string): string {
  switch (kind) {
    case 'unauthorized':
      return 'The token is not valid here or has expired; pass one that belongs to this server.';
    case 'forbidden':
      return `The token needs \`${permission}\`; grant it under \`permissions:\` of the job, or to the App the token comes from.`;
    case 'not-found':
      return `Either it does not exist or the token may not see it; check the name, and that the token has \`${permission}\` for that repository.`;
    case 'rate-limited':
      return 'The token has used up its requests; re-run the job later.';
    case 'unsupported':
      return 'This GitHub server is too old for it; update it to a supported release, or use `transport: git` where the action has it.';
    case 'protected':
      return 'The branch is protected: let the App that the token comes from bypass the rule for this branch.';
    case 'ambiguous':
      return 'GitHub did not answer properly; re-run the job.';
    default:
      return '';
  }
}

/** GitHub names what would have been enough: `x-accepted-github-permissions: issues=write; pull_requests=write`. */
function acceptedPermission(error: ApiError, needs: string): string {
  const header = error.response?.headers?.['x-accepted-github-permissions'];
  if (typeof header !== 'string' || header === '') return needs;
  const accepted = header.split(';').map((one) => one.replaceAll('_', '-').replaceAll('=', ': ').trim());
  return accepted.includes(needs) ? needs : (accepted[0] ?? needs);
}

/** GraphQL's answer to a field that a server does not have. https://graphql-ruby.org/errors/validation_errors.html */
function isUnknownField({ errors }: ApiError): boolean {
  const code = errors?.[0]?.extensions?.code;
  return code === 'undefinedField' || code === 'argumentNotAccepted';
}

function isLimit(error: ApiError): boolean {
  return error.status === 403 && /rate limit/i.test(error.message);
}

function asApiError(thrown: unknown): ApiError {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? (thrown as ApiError)
    : { message: messageOf(thrown) };
}
