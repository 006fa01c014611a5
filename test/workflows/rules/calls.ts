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

/**
 * GitHub puts `success()` before an `if` that has no status function, and that skips a job when any job before it was
 * skipped; it counts those of a called workflow. What it counts inside one is not documented, so no job of one relies on it.
 * https://github.com/orgs/community/discussions/189172
 */
export const skippedJobsSkipNoOthers: Rule = ({ path, call, jobs }) =>
  jobs
    .filter(({ needs }) => call !== undefined || needs.length > 0)
    .filter(({ condition }) => !/\b(?:always|cancelled|failure)\(\)/.test(condition ?? ''))
    .map(
      ({ id, line }) =>
        `${path}:${line}: job "${id}" is skipped with any job before it; write a status function, such as !cancelled(), into its "if".`,
    );

/**
 * GitHub empties every output that holds a secret or one line of it. What names things, such as a user, is part of many.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
export const namesAreNoSecrets: Rule = ({ path, call }) =>
  Object.keys(call?.secrets ?? {})
    .filter((name) =>
      /(?:user(?:name)?|registry|host|domain|environment|channel|client[-_]id|repository)$/.test(name),
    )
    .map((name) => `${path}: "${name}" is a name and no secret; make it an input.`);

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

/**
 * GitHub lets no hyphen be in the name of a secret that somebody stores. One without it can also stand in an environment,
 * behind its reviewers, and takes the place of what a caller passes.
 * https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows#using-inputs-and-secrets-in-a-reusable-workflow
 */
export const environmentsCanKeepSecrets: Rule = ({ path, call }) =>
  Object.keys(call?.secrets ?? {})
    .filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))
    .map((name) => `${path}: no environment can have a secret "${name}"; write small letters, digits and _.`);

/** A called workflow of another version than the actions would not fit together with them. */
export const callsOneVersion: Rule = (workflow) =>
  workflow.jobs
    .filter(({ uses }) => ownWorkflow(uses) !== undefined && isStarter(workflow))
    .filter(({ uses }) => !uses?.endsWith('@v1'))
    .map(({ line, uses }) => `${workflow.path}:${line}: call ${uses} as @v1.`);
