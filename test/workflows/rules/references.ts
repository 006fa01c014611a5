import { namesRead } from '../expression-names.ts';
import { ownAction, ownWorkflow, type Project, type Rule } from '../project.ts';
import { parseThirdParty, thirdParty } from '../third-party.ts';
import { fields, type Job, type Workflow } from '../workflow.ts';

/** An output that nobody sets is an empty text at run time, and no error. */
export const stepOutputsExist: Rule = (workflow, project) =>
  workflow.jobs.flatMap((job) =>
    pairs(job.text, /\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)
      .filter(([step, output]) => !stepOutputs(job, step, project).includes(output))
      .map(([step, output]) => `${at(workflow, job)} step "${step}" has no output "${output}".`),
  );

/** Only the jobs under `needs` can be asked, and only for what they give. */
export const jobOutputsExist: Rule = (workflow, project) =>
  workflow.jobs.flatMap((job) =>
    pairs(job.text, /\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g).flatMap(([needed, output]) => {
      if (!job.needs.includes(needed)) return [`${at(workflow, job)} job "${needed}" is not under "needs".`];
      if (jobOutputs(workflow, needed, project).includes(output)) return [];
      return [`${at(workflow, job)} job "${needed}" has no output "${output}".`];
    }),
  );

/** What a callable workflow gives back comes from its jobs. */
export const callOutputsExist: Rule = (workflow, project) =>
  pairs(JSON.stringify(workflow.call?.outputs ?? {}), /\bjobs\.([\w-]+)\.outputs\.([\w-]+)/g)
    .filter(([job, output]) => !jobOutputs(workflow, job, project).includes(output))
    .map(([job, output]) => `${workflow.path}: job "${job}" has no output "${output}".`);

/** Inputs, secrets and variables of a workflow are declared where they are used, and used where they are declared. */
export const declaredMeansUsed: Rule = (workflow) => {
  const { path, call, events, body } = workflow;
  const dispatched = fields(fields(events.workflow_dispatch).inputs);
  const inputs = [...Object.keys(call?.inputs ?? {}), ...Object.keys(dispatched)];
  return [
    ...compare(path, 'input', inputs, namesRead(body, 'inputs')),
    ...compare(path, 'variable', variables(workflow), [...namesRead(body, 'env'), ...shellNames(workflow)]),
    ...(call ? compare(path, 'secret', Object.keys(call.secrets), namesRead(body, 'secrets')) : []),
  ];
};

function variables({ env, jobs }: Workflow): readonly string[] {
  return [env, ...jobs.map((job) => job.env)].flatMap((map) => Object.keys(map));
}

/** The declared variables that a script reads; others are the shell's or the runner's. */
function shellNames(workflow: Workflow): readonly string[] {
  const scripts = workflow.jobs.flatMap(({ steps }) => steps.map(({ run }) => run ?? '')).join('\n');
  return variables(workflow).filter((name) => new RegExp(`\\$\\{?${name}\\b`).test(scripts));
}

function compare(
  path: string,
  kind: string,
  declared: readonly string[],
  used: readonly string[],
): readonly string[] {
  return [
    ...used
      .filter((name) => !declared.includes(name))
      .map((name) => `${path}: ${kind} "${name}" is not declared.`),
    ...declared
      .filter((name) => !used.includes(name))
      .map((name) => `${path}: ${kind} "${name}" is not used.`),
  ];
}

function stepOutputs(job: Job, id: string, { actions }: Project): readonly string[] {
  const { uses = '', run = '' } = job.steps.find((step) => step.id === id) ?? {};
  if (run.includes('GITHUB_OUTPUT')) return pairs(run, /(?:\\n)?([\w-]+)(=)/g).map(([name]) => name);
  const own = ownAction(uses);
  if (own !== undefined) return Object.keys(actions.get(own)?.outputs ?? {});
  return thirdParty[parseThirdParty(uses).name]?.outputs ?? [];
}

function jobOutputs({ jobs }: Workflow, id: string, { callable }: Project): readonly string[] {
  const job = jobs.find((candidate) => candidate.id === id);
  const called = callable.get(ownWorkflow(job?.uses) ?? '');
  return Object.keys(called?.call?.outputs ?? job?.outputs ?? {});
}

function pairs(text: string, expression: RegExp): readonly (readonly [string, string])[] {
  return [...text.matchAll(expression)].map(([, first = '', second = '']) => [first, second]);
}

function at({ path }: Workflow, { id, line }: Job): string {
  return `${path}:${line}: in job "${id}"`;
}
