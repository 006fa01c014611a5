import { ConfigurationError } from '../../action/index.ts';
import type { Finished } from '../../exec/index.ts';
import type { GitRemote } from './remote.ts';

/** What git said, sorted by what the caller can do about it. */
export type GitFailureKind =
  | 'host-key'
  | 'ssh-key'
  | 'read-only'
  | 'protected'
  | 'refused'
  | 'unauthorized'
  | 'not-found'
  | 'no-branch'
  | 'redirect'
  | 'certificate'
  | 'stale'
  | 'transient'
  | 'other';

/** The first that matches wins: ssh ends every failure with words that say nothing. */
const RULES: readonly (readonly [GitFailureKind, RegExp])[] = [
  ['host-key', /host key verification failed|no .* host key is known|host identification has changed/i],
  ['protected', /GH006|GH013|TF402455|protected branch|repository rule violation/i],
  [
    'read-only',
    /marked as read.only|write access .*not granted|permission to .* denied|permission denied for writing|not allowed to push|TF401027|(?:returned error:|HTTP) 403/i,
  ],
  ['refused', /hook declined|push declined|deny updating/i],
  ['ssh-key', /permission denied \(|load key .*:|invalid format|error in libcrypto/i],
  [
    'unauthorized',
    /could not read (?:username|password)|authentication failed|(?:returned error:|HTTP) 401/i,
  ],
  [
    'not-found',
    /repository '.*' not found|repository not found|could not be found|(?:repository|project) .*does not exist|does not appear to be a git repository|not valid: is this a git repository|returned error: (?:404|410)/i,
  ],
  ['no-branch', /couldn't find remote ref/i],
  ['redirect', /returned error: 30\d|base from redirection/i],
  ['certificate', /certificate|SSL_CTX|CAfile/i],
  [
    'stale',
    /stale info|fetch first|non-fast-forward|cannot lock ref|failed to (?:update|lock) ref|incorrect old value|reference already exists|remote ref updated/i,
  ],
  [
    'transient',
    /(?:returned error:|HTTP) (?:5\d\d|429)|curl (?:7|16|18|28|35|52|55|56|92)\b|early EOF|unexpected disconnect|hung up unexpectedly|connection (?:was )?(?:reset|closed|refused|timed out)|recv failure|empty reply|transfer closed|too slow|could(?:n't| not) (?:resolve|connect)|failed to connect|unreachable|no route to host|expected flush|bad line length|failed to report status|unexpected eof|kex_exchange/i,
  ],
];

/** Sorts what git printed when it failed. `transient` means that no answer says whether the work was done. */
export function gitFailureKind(printed: string): GitFailureKind {
  // A repository may be called `certificates`: what its address says is no verdict.
  const said = printed.replace(/\b(?:https?|ssh):\/\/[^\s']+/g, '');
  return RULES.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other';
}

/** What a message about a failure needs to know. */
export interface GitFailureContext {
  readonly remote: GitRemote;
  /** After "Cannot": `read git.example.com/acme/gitops@main`. */
  readonly doing: string;
  /** Never shown, in case a server repeats them. */
  readonly secrets: readonly string[];
}

/**
 * Puts a failure of git into one sentence with its cure.
 *
 * @param finished how git ended; for a push its report may stand on standard output
 */
export function explainGit(finished: Finished, { remote, doing, secrets }: GitFailureContext): Error {
  const printed = `${finished.stderr}\n${finished.stdout}`;
  const kind = gitFailureKind(printed);
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), sayOf(kind, printed));
  const cure = cureFor(kind, remote);
  const sentence =
    `Cannot ${doing}: ${said || `git ended with exit code ${finished.exitCode}`}. ${cure}`.trim();
  return cure === '' ? new Error(sentence) : new ConfigurationError(sentence);
}

/** The line that decided, or what a hook said; servers may send anything, so it is cut and cleaned. */
function sayOf(kind: GitFailureKind, printed: string): string {
  const lines = printed.split(/[\n\r]+/);
  const rule = RULES.find(([name]) => name === kind)?.[1];
  const deciding = rule && lines.find((line) => rule.test(line));
  const byServer = lines.filter((line) => /^remote: *\S/.test(line));
  const isRefusal = kind === 'protected' || kind === 'refused';
  const said = isRefusal && byServer.length > 0 ? byServer : [deciding ?? lastWord(lines)];
  return said
    .map((line) => line.replace(/^(?:remote: *|fatal: |error: |ERROR: )+/, '').replace(/^!\t[^\t]*\t/, ''))
    .join(' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
    .replace(/[.\s]+$/, '');
}

function lastWord(lines: readonly string[]): string {
  return lines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? '';
}

function cureFor(kind: GitFailureKind, remote: GitRemote): string {
  const isSsh = remote.protocol === 'ssh';
  switch (kind) {
    case 'host-key':
      return `The host key of ${remote.host} is not among those in "ssh-known-hosts"; compare \`ssh-keyscan ${remote.host}\` with the fingerprints that its owner publishes, and pass its lines.`;
    case 'ssh-key':
      return 'The server does not take the key in "ssh-key"; add its public half to the repository as a deploy key with write access.';
    case 'read-only':
      return isSsh
        ? 'The key in "ssh-key" may only read; give the deploy key write access.'
        : 'The token may not write here; it needs permission to write the contents of this repository (on GitHub `contents: write`).';
    case 'protected':
      return 'The branch is protected: let the account that pushes bypass the rule for this branch.';
    case 'refused':
      return 'A hook of the server refused the push; ask its owner what the hook demands.';
    case 'unauthorized':
      return 'The server asks for a token or does not take the one it got; pass one in "gitops-token" that belongs to this server, with the "username" it wants.';
    case 'not-found':
      return 'Either the repository does not exist or the credentials may not see it; check the address, and that they have access to it.';
    case 'no-branch':
      return 'Create the branch, or correct the input "branch".';
    case 'redirect':
      return 'Redirects are not followed, because a token must not leave its host; pass the address it is redirected to.';
    case 'certificate':
      return `The runner does not trust the certificate of ${remote.host}; set GIT_SSL_CAINFO to the file with its authority.`;
    case 'transient':
      return `${remote.host} did not answer properly; re-run the job.`;
    default:
      return '';
  }
}
