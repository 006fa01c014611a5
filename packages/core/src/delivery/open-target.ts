import type { ActionContext } from '../action/index.ts';
import { spawnExec } from '../exec/index.ts';
import {
  commitPage,
  createGitRepository,
  type GitOpsRepository,
  openGitOpsRepository,
} from '../gitops/index.ts';
import type { GitTarget, Target } from './target.ts';

/** A repository to work on, and to dispose of: the git transport has a clone and a key in a temporary folder. */
export async function openTarget(
  target: Target,
  context: ActionContext,
): Promise<GitOpsRepository & AsyncDisposable> {
  if (target.transport === 'git') return openGit(target, context);
  const repository = await openGitOpsRepository(target, context);
  return Object.assign(repository, { [Symbol.asyncDispose]: async () => {} });
}

function openGit({ remote, branch, credentials }: GitTarget, context: ActionContext) {
  const { run, environment, log } = context;
  const pageOf = commitPage(remote, run.serverUrl);
  return createGitRepository({
    remote,
    branch,
    credentials,
    exec: spawnExec,
    environment,
    temp: run.temp,
    log,
    pageOf,
  });
}
