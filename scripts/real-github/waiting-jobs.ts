import type { GitHub, RepositoryName } from '@gitops-actions/core/github';

/** A job of a run. */
export interface Job {
  readonly name: string;
  readonly conclusion: string | null;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string | null;
}

/** A job takes 20 seconds, so side by side they share more. Milliseconds. */
const SHARED = 10_000;

/**
 * Whether jobs of one concurrency group have run one after the other, and all of them.
 *
 * @param prefix of their names
 * @returns undefined without such jobs
 * @throws Error that names the jobs that ran side by side, or that did not run
 */
export function followEachOther(jobs: readonly Job[], prefix: string): string | undefined {
  const group = jobs
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((one, other) => Date.parse(one.started) - Date.parse(other.started));
  if (group.length === 0) return undefined;
  const lost = group.find(({ conclusion }) => conclusion !== 'success');
  if (lost !== undefined) throw new Error(`The job "${lost.name}" ended as ${lost.conclusion}.`);
  for (const [index, job] of group.entries()) {
    const before = group[index - 1];
    if (before?.ended && Date.parse(before.ended) - Date.parse(job.started) > SHARED)
      throw new Error(`The job "${job.name}" began before "${before.name}" had ended.`);
  }
  return `${group.length} jobs, one after the other, none left out`;
}

/** The jobs of a run; needs `actions: read`. */
export async function readJobs(
  github: GitHub,
  repository: RepositoryName,
  runId: number,
): Promise<readonly Job[]> {
  const jobs = await github.paginate(github.rest.actions.listJobsForWorkflowRun, {
    ...repository,
    run_id: runId,
    per_page: 100,
  });
  return jobs.map(({ name, conclusion, started_at: started, completed_at: ended }) => ({
    ...{ name, conclusion, started, ended },
  }));
}
