import type { Run } from '@gitops-actions/core/action';
import {
  createDeployment,
  type DeploymentState,
  findDeployment,
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

/** Makes this run's Deployment of a preview, or finds it again. */
export interface PreviewDeployments {
  /** @throws ConfigurationError when the token may not write deployments */
  create(github: GitHub): Promise<PreviewDeployment>;
  /** The one that a `create` whose answer never came may have made. */
  find(github: GitHub): Promise<PreviewDeployment | undefined>;
}

/** The Deployments of one preview. Their task is `preview:<name>`: many previews share one environment. */
export function previewDeployments(
  repository: RepositoryName,
  preview: PreviewSpec,
  environment: string,
  run: Run,
): PreviewDeployments {
  const task = `preview:${preview.name}`;
  const logUrl = run.url;
  const { head: ref, runId, runAttempt } = preview;
  const description = describe(preview);
  const wanted = { ref, task, environment, description, runId, runAttempt };
  const deployment = (id: number): PreviewDeployment => ({
    id,
    set: (client, state, text, url) =>
      setDeploymentStatus(client, repository, id, {
        state,
        logUrl,
        description: text,
        ...(url && { environmentUrl: url }),
      }),
    retireOlder: async (client) => {
      await retireDeployments(client, repository, { task, environment, olderThan: id, logUrl });
    },
  });
  return {
    create: async (github) => deployment(await createDeployment(github, repository, wanted)),
    find: async (github) => {
      const id = await findDeployment(github, repository, wanted);
      return id === undefined ? undefined : deployment(id);
    },
  };
}

/** What a Deployment is of, for people. */
export function describe({ name, pullRequest }: PreviewSpec): string {
  return `Preview ${name} of pull request ${pullRequest}`;
}
