import { compareInputs, isStarter, ownAction, ownWorkflow, type Project, type Rule } from '../project.ts';
import { fields, type Job, type Workflow } from '../workflow.ts';

const GROUP = 'preview-${{ github.repository }}-';

/** What a call passes is declared by the called workflow; secrets go by name, never all of them. */
export const callPassesWhatIsDeclared: Rule = ({ path, jobs }, { callable }) =>
  jobs
    .filter(({ uses }) => uses !== undefined)
    .flatMap((job) => callProblems(job, callable).map((problem) => `${path}:${job.line}: ${problem}.`));

/** People read these in the editor and in the called workflow's page. */
export const declarationsAreDescribed: Rule = ({ path, call }) =>
  Object.entries({ ...call?.inputs, ...call?.secrets, ...call?.outputs })
    .filter(([, field]) => String(fields(field).description ?? '').trim() === '')
    .map(([name]) => `${path}: "${name}" has no description.`);

/**
 * Two jobs on one preview follow each other and are never cut off. The workflow that an event starts brings the group;
 * a group of the same name in a called workflow would wait for its caller for ever.
 */
export const previewsFollowEachOther: Rule = (workflow, project) =>
  workflow.jobs
    .filter((job) => touchesPreviews(job, project))
    .flatMap((job) => {
      const groups = [workflow.concurrency, job.concurrency].filter((group) => group !== undefined);
      const problem = workflow.call ? calledGroupProblem(groups) : groupProblem(groups);
      return problem ? [`${workflow.path}:${job.line}: job "${job.id}" ${problem}.`] : [];
    });

function callProblems(job: Job, callable: ReadonlyMap<string, Workflow>): readonly string[] {
  const path = ownWorkflow(job.uses);
  if (path === undefined) return [`${job.uses} is not a workflow of this repository`];
  const call = callable.get(path)?.call;
  if (call === undefined) return [`${path} cannot be called`];
  if (job.secrets === 'inherit') return ['"secrets: inherit" passes every secret; pass them by name'];
  return [
    ...compareInputs(call.inputs, job.with),
    ...compareInputs(call.secrets, fields(job.secrets), 'secret'),
  ].map((problem) => `${path}: ${problem}`);
}

function touchesPreviews(job: Job, { callable }: Project): boolean {
  const called = callable.get(ownWorkflow(job.uses) ?? '');
  return [job, ...(called?.jobs ?? [])]
    .flatMap(({ steps }) => steps)
    .some(({ uses }) => ['deploy-preview', 'cleanup-previews'].includes(ownAction(uses) ?? ''));
}

function calledGroupProblem(groups: readonly unknown[]): string | undefined {
  return groups.length > 0 ? 'has a concurrency group, which the caller brings' : undefined;
}

function groupProblem(groups: readonly unknown[]): string | undefined {
  if (groups.length !== 1) return `needs one concurrency group and has ${groups.length}`;
  const { group, 'cancel-in-progress': cancel } = fields(groups[0]);
  if (!String(group).startsWith(GROUP)) return `has a concurrency group that does not begin with ${GROUP}`;
  return cancel === false ? undefined : 'lacks "cancel-in-progress: false"';
}

/** A called workflow of another version than the actions would not fit together with them. */
export const callsOneVersion: Rule = (workflow) =>
  workflow.jobs
    .filter(({ uses }) => ownWorkflow(uses) !== undefined && isStarter(workflow))
    .filter(({ uses }) => !uses?.endsWith('@v1'))
    .map(({ line, uses }) => `${workflow.path}:${line}: call ${uses} as @v1.`);
