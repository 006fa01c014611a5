import type { GitHub, RepositoryName } from '@gitops-actions/core/github';

/** A run of a workflow whose jobs name an environment. */
export interface EnvironmentRun {
  readonly environment: string;
  readonly runId: number;
  readonly runAttempt: number;
}

/**
 * Whether `deployment` of a job's environment takes an expression: of the run's two jobs, one records a deployment.
 *
 * @returns undefined when no environment was named, or in a run that was started again: its first attempt recorded one too
 * @throws Error that says how many were recorded
 */
export async function expressionDecides(
  github: GitHub,
  repository: RepositoryName,
  { environment, runId, runAttempt }: EnvironmentRun,
): Promise<string | undefined> {
  if (environment === '' || runAttempt > 1) return undefined;
  const { data } = await github.rest.repos.listDeployments({ ...repository, environment, per_page: 20 });
  const addresses = await Promise.all(data.map(({ id }) => addressesOf(github, repository, id)));
  const recorded = addresses.filter((of) => of.some((one) => one.includes(`/actions/runs/${runId}/`)));
  if (recorded.length !== 1)
    throw new Error(
      `${recorded.length} deployments of ${environment} were recorded for this run, and should be 1: that of the job "Recorded".`,
    );
  return 'recorded where it is true, and not where it is false';
}

/** A deployment that GitHub records for a job leads to its log. */
async function addressesOf(
  github: GitHub,
  repository: RepositoryName,
  id: number,
): Promise<readonly string[]> {
  const { data } = await github.rest.repos.listDeploymentStatuses({ ...repository, deployment_id: id });
  return data.flatMap(({ target_url, log_url }) => [target_url ?? '', log_url ?? '']);
}
