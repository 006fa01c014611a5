import type { Run } from '@gitops-actions/core/action';
import {
  activeDeployments,
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
  /** The earlier Deployments of the same preview that are not inactive. Reads only. */
  older(github: GitHub): Promise<readonly number[]>;
  /** Makes them inactive. */
  retire(github: GitHub, older: Promise<readonly number[]>): Promise<void>;
}

/** Makes this run's Deployment of a preview, or finds it again. */
export interface PreviewDeployments {
  /** @throws ConfigurationError when the token may not write deployments */
  create(github: GitHub): Promise<PreviewDeployment>;
  /** The one that a `create` whose answer never came may have made. */
  find(github: GitHub): Promise<PreviewDeployment | undefined>;
  /** Makes those of this run and the ones before it inactive. */
  retire(github: GitHub, description: string): Promise<void>;
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
  const before = (id: number) => ({ task, environment, olderThan: id, logUrl });
  const deployment = (id: number): PreviewDeployment => ({
    id,
    set: (client, state, text, url) =>
      setDeploymentStatus(client, repository, id, {
        state,
        logUrl,
        description: text,
        ...(url && { environmentUrl: url }),
      }),
    older: (client) => activeDeployments(client, repository, before(id)),
    retire: async (client, older) => {
      await retireDeployments(client, repository, before(id), older);
    },
  });
  return {
    create: async (github) => deployment(await createDeployment(github, repository, wanted)),
    find: async (github) => {
      const id = await findDeployment(github, repository, wanted);
      return id === undefined ? undefined : deployment(id);
    },
    retire: async (github, text) => {
      const upTo = { runId, runAttempt };
      await retireDeployments(github, repository, { task, environment, upTo, logUrl, description: text });
    },
  };
}

/** What a Deployment is of, for people. */
export function describe({ name, pullRequest }: PreviewSpec): string {
  return `Preview ${name} of pull request ${pullRequest}`;
}
