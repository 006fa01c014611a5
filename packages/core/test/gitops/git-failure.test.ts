import { describe, expect, test } from '@jest/globals';
import { explainGit, gitFailureKind } from '../../src/gitops/git/failure.ts';
import { parseGitRemote } from '../../src/gitops/index.ts';

const remote = parseGitRemote('git@git.example.com:acme/gitops', 'repository');
const doing = 'push to git.example.com/acme/gitops@main';

function explained(stderr: string, stdout = '') {
  const finished = { exitCode: 128, stdout: Buffer.from(stdout), stderr };
  return explainGit(finished, { remote, doing, secrets: ['hunter2'] });
}

/** What real servers and tools print. */
test.each([
  [
    'transient',
    "fatal: unable to access 'https://git.example.com/acme/certificates/': The requested URL returned error: 502",
  ],
  ['not-found', "fatal: repository 'https://git.example.com/acme/certificates/' not found"],
  [
    'host-key',
    'No ED25519 host key is known for git.example.com and you have requested strict checking.\r\nHost key verification failed.\r\nfatal: Could not read from remote repository.',
  ],
  ['host-key', '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.'],
  [
    'ssh-key',
    'git@github.com: Permission denied (publickey).\r\nfatal: Could not read from remote repository.',
  ],
  ['ssh-key', 'Load key "/x/key": error in libcrypto\nPermission denied (publickey)'],
  [
    'read-only',
    'ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.',
  ],
  ['read-only', 'ERROR: Permission to acme/gitops.git denied to deploy key'],
  [
    'read-only',
    "remote: Permission to acme/gitops.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/acme/gitops/': The requested URL returned error: 403",
  ],
  ['read-only', 'remote: Write access to repository not granted.\nfatal: unable to access'],
  ['read-only', 'remote: You are not allowed to push code to this project.'],
  ['protected', 'remote: error: GH006: Protected branch update failed for refs/heads/main.'],
  ['protected', 'remote: error: GH013: Repository rule violations found for refs/heads/main.'],
  ['protected', 'remote: GitLab: You are not allowed to push code to protected branches on this project.'],
  ['protected', 'remote: TF402455: Pushes to this branch are not permitted; you must use a pull request'],
  ['refused', '!\trefs/x:refs/heads/main\t[remote rejected] (pre-receive hook declined)'],
  ['unauthorized', "fatal: could not read Username for 'https://github.com': terminal prompts disabled"],
  [
    'unauthorized',
    "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://gitlab.com/x/'",
  ],
  ['not-found', "remote: Repository not found.\nfatal: repository 'https://github.com/x/y/' not found"],
  ['not-found', 'ERROR: Repository not found.\nfatal: Could not read from remote repository.'],
  [
    'not-found',
    "remote: The project you were looking for could not be found or you don't have permission to view it.",
  ],
  ['not-found', 'fatal: https://example.com/x/info/refs not valid: is this a git repository?'],
  ['no-branch', "fatal: couldn't find remote ref refs/heads/nowhere"],
  ['redirect', "fatal: unable to access 'http://x/': The requested URL returned error: 301"],
  [
    'certificate',
    "fatal: unable to access 'https://x/': server certificate verification failed. CAfile: none CRLfile: none",
  ],
  ['certificate', 'fatal: unable to access: SSL certificate problem: self-signed certificate'],
  ['stale', '!\trefs/x:refs/heads/main\t[rejected] (stale info)'],
  [
    'stale',
    "!\tx:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at a but expected b)",
  ],
  ['stale', '!\tx:refs/heads/main\t[remote rejected] (failed to update ref)'],
  ['stale', '!\tx:refs/heads/main\t[rejected] (fetch first)'],
  ['transient', "fatal: unable to access 'https://x/': The requested URL returned error: 502"],
  [
    'transient',
    'error: RPC failed; HTTP 504 curl 22 The requested URL returned error: 504\nfatal: the remote end hung up unexpectedly',
  ],
  [
    'transient',
    'error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: expected flush after ref listing',
  ],
  ['transient', "fatal: unable to access 'https://x/': Could not resolve host: x"],
  [
    'transient',
    'ssh: connect to host x port 22: Connection refused\r\nfatal: Could not read from remote repository.',
  ],
  ['transient', 'Connection closed by 10.0.0.1 port 22\r\nfatal: Could not read from remote repository.'],
  ['transient', 'fatal: the remote end hung up unexpectedly'],
  ['other', 'fatal: bad object'],
] as const)('%s: %s', (kind, printed) => {
  expect(gitFailureKind(printed)).toBe(kind);
});

describe('one sentence', () => {
  test('with what was said and its cure', () => {
    expect(
      explained('Host key verification failed.\r\nfatal: Could not read from remote repository.'),
    ).toMatchObject({
      name: 'ConfigurationError',
      message:
        'Cannot push to git.example.com/acme/gitops@main: Host key verification failed. The host key of git.example.com is not among those in "ssh-known-hosts"; compare `ssh-keyscan git.example.com` with the fingerprints that its owner publishes, and pass its lines.',
    });
  });

  test('what a hook says counts, not that it was a hook', () => {
    const error = explained(
      'remote: No releases on Fridays.        \nremote: Ask ops.        \nerror: failed to push some refs to x',
      '!\tabc:refs/heads/main\t[remote rejected] (hook declined)\n',
    );
    expect(error.message).toBe(
      'Cannot push to git.example.com/acme/gitops@main: No releases on Fridays. Ask ops. A hook of the server refused the push; ask its owner what the hook demands.',
    );
  });

  test('a server cannot fill the log, colour it or repeat a secret', () => {
    const error = explained(
      `remote: \u001b[31m${'x'.repeat(50)} hunter2 ${'y'.repeat(1000)}\nremote: hook declined`,
    );
    expect(error.message).not.toMatch(/\p{Cc}|hunter2/u);
    expect(error.message.length).toBeLessThan(500);
  });

  test('a failure without a cure is no configuration error', () => {
    const error = explained('fatal: bad object');
    expect([error.name, error.message]).toEqual([
      'Error',
      'Cannot push to git.example.com/acme/gitops@main: bad object.',
    ]);
    expect(explained('').message).toMatch(/: git ended with exit code 128\.$/);
  });
});
