import { compareInputs, isStarter, ownWorkflow, type Rule } from '../project.ts';
import { fields, type Job, type Workflow } from '../workflow.ts';

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

/** A called workflow of another version than the actions would not fit together with them. */
export const callsOneVersion: Rule = (workflow) =>
  workflow.jobs
    .filter(({ uses }) => ownWorkflow(uses) !== undefined && isStarter(workflow))
    .filter(({ uses }) => !uses?.endsWith('@v1'))
    .map(({ line, uses }) => `${workflow.path}:${line}: call ${uses} as @v1.`);
