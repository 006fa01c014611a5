import { strongest } from '../grants.ts';
import { ownWorkflow, type Rule } from '../project.ts';
import type { Workflow } from '../workflow.ts';
import type { Entry } from '../yaml-source.ts';

/** Nothing is granted by default, so that a new job has to say what it needs. */
export const nothingByDefault: Rule = ({ path, grants }) =>
  grants?.length === 0 ? [] : [`${path}: "permissions: {}" is missing at the top.`];

/** Each job says what it needs. */
export const everyJobSays: Rule = ({ path, jobs }) =>
  jobs
    .filter(({ grants }) => grants === undefined)
    .map(({ id, line }) => `${path}:${line}: job "${id}" has no map of permissions.`);

/** Each grant has a comment behind it or on the line above. */
export const everyGrantHasReason: Rule = (workflow) =>
  allGrants(workflow)
    .filter((grant) => !hasReason(workflow, grant))
    .map(({ key, line }) => `${workflow.path}:${line}: the grant "${key}" has no comment with its reason.`);

/** GitHub compares the grants of a call with those of the called jobs before anything runs. */
export const callGrantsWhatIsAsked: Rule = ({ path, jobs }, { callable }) =>
  jobs.flatMap((job) => {
    const called = callable.get(ownWorkflow(job.uses) ?? '');
    if (called === undefined) return [];
    const asked = union(called.jobs.flatMap(({ grants }) => grants ?? []));
    const given = union(job.grants ?? []);
    if (asked === given) return [];
    return [
      `${path}:${job.line}: job "${job.id}" grants {${given}}, but ${called.path} asks for {${asked}}.`,
    ];
  });

function allGrants({ grants, jobs }: Workflow): readonly Entry[] {
  return [...(grants ?? []), ...jobs.flatMap((job) => job.grants ?? [])];
}

function hasReason({ lines }: Workflow, { line }: Entry): boolean {
  const own = lines[line - 1] ?? '';
  const above = lines[line - 2] ?? '';
  return /\s#\s*\S/.test(own) || /^\s*#\s*\S/.test(above);
}

function union(grants: readonly Entry[]): string {
  return strongest(grants)
    .map(([scope, level]) => `${scope}: ${level}`)
    .sort()
    .join(', ');
}
