import { compareInputs, isStarter, ownAction, type Rule } from '../project.ts';
import { parseThirdParty, thirdParty } from '../third-party.ts';
import type { Step, Workflow } from '../workflow.ts';

/** GitHub pastes an expression into the script before the shell sees it; a branch name would become a command. */
export const noExpressionInScript: Rule = (workflow) =>
  steps(workflow)
    .filter(({ run, with: { script } }) => [run, script].some((text) => String(text ?? '').includes('${{')))
    .map((step) => at(workflow, step, 'an expression stands in a script; pass the value through "env".'));

/** A workflow wires; what needs a program is an action. */
export const scriptIsOneCommand: Rule = (workflow) =>
  steps(workflow)
    .filter(({ run }) => (run ?? '').trim().includes('\n'))
    .map((step) => at(workflow, step, 'a script of several lines stands in the workflow.'));

/** A tag can be moved to other code, a commit cannot. */
export const thirdPartyIsPinned: Rule = (workflow) =>
  steps(workflow).flatMap((step) => pinProblems(step).map((problem) => at(workflow, step, problem)));

/** Otherwise the job's token lies in .git/config for every later step to read. */
export const checkoutKeepsNoToken: Rule = (workflow) =>
  steps(workflow)
    .filter(
      ({ uses, with: given }) =>
        uses?.startsWith('actions/checkout@') && given['persist-credentials'] !== false,
    )
    .map((step) => at(workflow, step, 'checkout without "persist-credentials: false".'));

/** What is passed is declared, and what is required is passed. */
export const inputsAreDeclared: Rule = (workflow, { actions }) =>
  steps(workflow).flatMap((step) => {
    const name = ownAction(step.uses);
    if (name === undefined) return [];
    const metadata = actions.get(name);
    const problems = metadata ? compareInputs(metadata.inputs, step.with) : ['there is no such action'];
    return problems.map((problem) => at(workflow, step, `${name}: ${problem}.`));
  });

/** `$/` is the repository of the workflow itself: right here, wrong in a copy. */
export const refersToOwnActionsRightly: Rule = (workflow) =>
  steps(workflow)
    .filter(({ uses }) => ownAction(uses) !== undefined)
    .filter(({ uses }) => !uses?.startsWith(isStarter(workflow) ? 'gitops-actions/' : '$/'))
    .map((step) => {
      const right = isStarter(workflow)
        ? 'gitops-actions/gitops-actions/actions/<name>@v1'
        : '$/actions/<name>';
      return at(workflow, step, `write ${right} instead of ${step.uses}.`);
    });

/** Jobs that each log in in their own way know different ways before long. */
export const logsInOneWay: Rule = (workflow) =>
  steps(workflow)
    .filter(
      ({ uses }) =>
        workflow.path.startsWith('.github/workflows/') && /^(docker|azure)\/.*log-?in/.test(uses ?? ''),
    )
    .map((step) => at(workflow, step, 'log in with $/.github/actions/log-in.'));

/** A job that hangs would otherwise take six hours. */
export const everyJobEnds: Rule = ({ path, jobs }) =>
  jobs
    .filter(({ uses, hasTimeout }) => uses === undefined && !hasTimeout)
    .map(({ id, line }) => `${path}:${line}: job "${id}" has no "timeout-minutes".`);

function steps({ jobs }: Workflow): readonly Step[] {
  return jobs.flatMap((job) => job.steps);
}

function at({ path }: Workflow, { line }: Step, problem: string): string {
  return `${path}:${line}: ${problem}`;
}

function pinProblems({ uses, usesComment, with: given }: Step): readonly string[] {
  if (uses === undefined || ownAction(uses) !== undefined) return [];
  const { name, ref } = parseThirdParty(uses);
  if (!/^[0-9a-f]{40}$/.test(ref)) return [`${name} is not pinned to a full commit id.`];
  const known = thirdParty[name];
  if (known === undefined)
    return [`${name} is not among the known actions of others; add it to third-party.ts.`];
  if (ref !== known.sha) return [`${name}@${ref} is not the known commit of ${known.version}.`];
  if (usesComment !== known.version) return [`${name} needs the comment "# ${known.version}".`];
  return Object.keys(given)
    .filter((input) => !known.inputs.includes(input))
    .map((input) => `${name}: input "${input}" is not known.`);
}
