import type { Run } from '@gitops-actions/core/action';
import {
  createDeployment,
  type DeploymentState,
  type GitHub,
  type RepositoryName,
  retireDeployments,
  setDeploymentStatus,
} from '@gitops-actions/core/github';
import type { PreviewSpec } from '@gitops-actions/core/preview';

/** The GitHub Deployment that shows a preview on its pull request. */
export interface PreviewDeployment {
  readonly id: number;
  /** @param url the preview's, once it answers */
  set(github: GitHub, state: DeploymentState, description: string, url?: string): Promise<void>;
  /** Makes the earlier Deployments of the same preview inactive. */
  retireOlder(github: GitHub): Promise<void>;
}

/**
 * Creates the Deployment, in progress. Its task is `preview:<name>`: many previews share one environment.
 *
 * @throws ConfigurationError when the token may not write deployments
 */
export async function startDeployment(
  github: GitHub,
  repository: RepositoryName,
  preview: PreviewSpec,
  environment: string,
  run: Run,
): Promise<PreviewDeployment> {
  const task = `preview:${preview.name}`;
  const logUrl = run.url;
  const { head: ref, runId, runAttempt } = preview;
  const description = `Preview ${preview.name} of pull request ${preview.pullRequest}`;
  const id = await createDeployment(github, repository, {
    ref,
    task,
    environment,
    description,
    runId,
    runAttempt,
  });
  const deployment: PreviewDeployment = {
    id,
    set: (client, state, text, url) =>
      setDeploymentStatus(client, repository, id, {
        state,
        logUrl,
        description: text,
        ...(url && { environmentUrl: url }),
      }),
    retireOlder: async (client) => {
      const description = `Replaced by deployment ${id}.`;
      await retireDeployments(client, repository, { task, environment, olderThan: id, logUrl, description });
    },
  };
  await deployment.set(github, 'in_progress', description);
  return deployment;
}
