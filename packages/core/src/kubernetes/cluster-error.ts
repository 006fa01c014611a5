/** Why a cluster did not do what was asked; `Other` is everything that is not told apart. */
export type ClusterReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Forbidden'
  | 'Unauthorized'
  /** Nobody answered, or the server is not up to it at the moment: worth asking again. */
  | 'Unavailable'
  | 'Other';

/** What kubectl or helm said when a cluster refused. The message is a sentence that says what to do. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly reason: ClusterReason;

  constructor(reason: ClusterReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** Whether a thrown value is the cluster's refusal for this reason. */
export function isClusterError(thrown: unknown, reason: ClusterReason): boolean {
  return thrown instanceof ClusterError && thrown.reason === reason;
}

/** As kubectl writes the `reason` of an API status: `Error from server (NotFound): configmaps "x" not found`. */
const SERVER = /Error from server(?: \((\w+)\))?: (.*)/s;
const KNOWN: ReadonlySet<string> = new Set(['NotFound', 'AlreadyExists', 'Conflict', 'Forbidden']);
const BUSY: ReadonlySet<string> = new Set([
  ...['ServiceUnavailable', 'InternalError', 'Timeout', 'ServerTimeout', 'TooManyRequests'],
]);
/** Said while nobody listens, and by a server that has just come up. */
const UNREACHABLE = new RegExp(
  [
    'connection refused|was refused|connection reset|no such host|network is unreachable|no route to host',
    'i/o timeout|TLS handshake timeout|Client\\.Timeout|unexpected EOF|: EOF|http2: .*connection',
    'failed to download openapi|couldn.t get current server API group list|cluster unreachable',
    'unable to retrieve the complete list of server APIs|currently unable to handle|etcdserver',
    'the server was unable to return|the server is currently|RBAC: .* not found',
  ].join('|'),
  'i',
);
const UNAUTHORIZED = /Unauthorized|must be logged in|asked for the client to provide credentials/i;

/**
 * Says what a program's error output means.
 *
 * @param stderr what kubectl or helm wrote; both carry the API server's message
 */
export function explainCluster(stderr: string): ClusterError {
  const said = lastWords(stderr);
  if (/localhost:8080|invalid configuration: no configuration has been provided/.test(said)) {
    return new ClusterError(
      'Other',
      'No cluster is configured: set the input "kubeconfig" to a kubeconfig with a "current-context", or log in to the cluster in an earlier step.',
    );
  }
  if (UNAUTHORIZED.test(said)) {
    return new ClusterError(
      'Unauthorized',
      `The cluster does not accept the credentials of the kubeconfig (${said}); they may have expired, so renew them.`,
    );
  }
  const [, word = '', message = said] = SERVER.exec(said) ?? [];
  const isStarting = /RBAC: .* not found/.test(said);
  if (!isStarting && (word === 'Forbidden' || / is forbidden: User /.test(said))) return forbidden(message);
  if (!isStarting && KNOWN.has(word)) return new ClusterError(word as ClusterReason, sentence(message));
  if (BUSY.has(word) || UNREACHABLE.test(said)) {
    return new ClusterError(
      'Unavailable',
      `The cluster does not answer: ${sentence(message)} Check the address in the kubeconfig and that the runner reaches it.`,
    );
  }
  return new ClusterError('Other', sentence(message));
}

/** A quota or an admission rule also answers "forbidden"; only a missing right names the user. */
function forbidden(message: string): ClusterError {
  const missesRight = /User "[^"]*" cannot /.test(message);
  const cure = missesRight ? ' Give that right to the account of the kubeconfig.' : '';
  return new ClusterError('Forbidden', `The cluster refused: ${sentence(message)}${cure}`);
}

function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !/^(?:[WIE]\d{4} |WARNING:|level=)/.test(line.trim()));
  return lines
    .join('\n')
    .trim()
    .replace(/^(?:error|Error): /, '')
    .slice(-2000);
}

function sentence(text: string): string {
  const said = text.trim();
  return /[.?!]$/.test(said) ? said : `${said}.`;
}
