import { ownAction, ownWorkflow, type Project, type Rule } from '../project.ts';
import { fields, type Job, type Workflow } from '../workflow.ts';

const GROUP = 'preview-${{ github.repository }}-';
const DELIVERIES = ['update-manifest', 'promote-release'];

/**
 * Two jobs on one preview follow each other and are never cut off. One level of a call brings the group: a group of the
 * same name in the caller and in the called workflow would wait for itself for ever.
 */
export const previewsFollowEachOther: Rule = (workflow, project) =>
  workflow.jobs
    .filter((job) => touchesPreviews(job, project))
    .flatMap((job) => {
      const groups = [workflow.concurrency, job.concurrency].filter((group) => group !== undefined);
      const problem = groupsProblem(groups, workflow, job, project);
      return problem ? [`${workflow.path}:${job.line}: job "${job.id}" ${problem}.`] : [];
    });

/** Commits need no group: the one that loses reads again. A group would only drop releases that wait. */
export const noGroupAroundCommits: Rule = ({ path, concurrency, jobs }) =>
  jobs
    .filter(({ steps }) => steps.some(({ uses }) => DELIVERIES.includes(ownAction(uses) ?? '')))
    .filter((job) => concurrency !== undefined || job.concurrency !== undefined)
    .map(({ id, line }) => `${path}:${line}: job "${id}" commits and has a concurrency group.`);

function groupsProblem(
  groups: readonly unknown[],
  workflow: Workflow,
  job: Job,
  project: Project,
): string | undefined {
  if (bringsGroup(called(job, project), project))
    return groups.length > 0 ? 'has a concurrency group, and so has the workflow it calls' : undefined;
  // Its caller brings the group, and is checked for it.
  if (workflow.call && groups.length === 0) return undefined;
  if (workflow.call && workflow.concurrency !== undefined)
    return 'has the group of its workflow, not its own';
  return groupProblem(groups);
}

/** Whether each job of a called workflow that touches previews has a group, itself or further down. */
function bringsGroup(workflow: Workflow | undefined, project: Project): boolean {
  const jobs = (workflow?.jobs ?? []).filter((job) => touchesPreviews(job, project));
  return (
    jobs.length > 0 &&
    jobs.every((job) => job.concurrency !== undefined || bringsGroup(called(job, project), project))
  );
}

function touchesPreviews(job: Job, project: Project): boolean {
  return (
    job.steps.some(({ uses }) => ['deploy-preview', 'cleanup-previews'].includes(ownAction(uses) ?? '')) ||
    (called(job, project)?.jobs ?? []).some((inner) => touchesPreviews(inner, project))
  );
}

function called({ uses }: Job, { callable }: Project): Workflow | undefined {
  return callable.get(ownWorkflow(uses) ?? '');
}

function groupProblem(groups: readonly unknown[]): string | undefined {
  if (groups.length !== 1) return `needs one concurrency group and has ${groups.length}`;
  const { group, 'cancel-in-progress': cancel } = fields(groups[0]);
  if (!String(group).startsWith(GROUP)) return `has a concurrency group that does not begin with ${GROUP}`;
  return cancel === false ? undefined : 'lacks "cancel-in-progress: false"';
}
