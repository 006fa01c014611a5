import type { Finished } from '../../exec/index.ts';
import { type GitFailureKind, gitFailureKind } from './failure.ts';
import { fetchHead, type GitBranch } from './head.ts';

/** What became of a push. */
export type Pushed = 'taken' | 'conflict';

/**
 * Moves the remote's branch from one commit to its child, or does nothing: compare-and-swap. The lease refuses a branch
 * that moved back as well, which git alone would take for a plain fast-forward.
 * https://git-scm.com/docs/git-push#Documentation/git-push.txt---force-with-leaseltrefnamegtltexpectgt
 *
 * After a lost answer the branch is read again: the commit's id is in its history, or it was not taken.
 *
 * @throws ConfigurationError when the branch may not be written
 */
export async function pushCommit(target: GitBranch, parent: string, commit: string): Promise<Pushed> {
  const { client, branch, name, signal } = target;
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${parent}`;
  const finished = await client.run([...PUSH, lease, 'origin', `${commit}:${ref}`], { signal });
  if (finished.exitCode === 0) return 'taken';
  switch (pushFailure(finished)) {
    case 'refused-here':
      return 'conflict';
    case 'stale':
    case 'transient':
      return (await wasTaken(target, commit)) ? 'taken' : 'conflict';
    default:
      throw client.explain(finished, `push to ${name}`);
  }
}

const PUSH = [
  'push',
  '--porcelain',
  '--no-verify',
  '--no-signed',
  '--no-follow-tags',
  '--recurse-submodules=no',
];

/**
 * The server's verdict on the branch decides, where it gave one; what else was printed is only its background. A refusal
 * by this git itself means that nothing was sent. One by the server may answer the same push sent twice: libcurl does that
 * when a connection breaks.
 */
function pushFailure({ stdout, stderr }: Finished): GitFailureKind | 'refused-here' {
  const verdict = /^!\t[^\t]+\t\[(remote )?rejected\] \((.*)\)$/m.exec(stdout.toString());
  const [, isRemote, reason = ''] = verdict ?? [];
  if (gitFailureKind(reason) === 'stale') return isRemote ? 'stale' : 'refused-here';
  return gitFailureKind(`${stderr}\n${stdout}`);
}

async function wasTaken(target: GitBranch, commit: string): Promise<boolean> {
  const head = await fetchHead(target, undefined);
  const { client, signal } = target;
  const { exitCode } = await client.run(['merge-base', '--is-ancestor', commit, head], { signal });
  return exitCode === 0;
}
