import type { ActionContext } from '../action/index.ts';
import { connectGitHub } from '../github/index.ts';
import { createApiRepository } from './api/repository.ts';
import type { GitOpsRepository } from './repository.ts';
import type { GitOpsTarget } from './target.ts';

/** Opens the repository of a target with its own token. */
export async function openGitOpsRepository(
  target: GitOpsTarget,
  context: ActionContext,
): Promise<GitOpsRepository> {
  const github = await connectGitHub(target.token, context);
  return createApiRepository({ github, repository: target.repository, branch: target.branch });
}
