/** What the workflow knows of the jobs before: GitHub's context `needs`. */
export type Needs = Readonly<
  Record<string, { readonly result: string; readonly outputs: Readonly<Record<string, string>> }>
>;

/** Jobs that call a workflow with the grants of its page, and are skipped. */
export const CALLS: readonly string[] = [
  'frontend',
  'frontend-quality',
  'deliver',
  'verify',
  'promote',
  'rollback',
  'cleanup-previews',
];

/**
 * GitHub compares grants, and finds called workflows, before anything runs: that this is read shows it.
 *
 * @throws Error that names the calls that are not part of the run
 */
export function callsAreAccepted(needs: Needs): string {
  const missing = CALLS.filter((name) => needs[name]?.result !== 'skipped');
  if (missing.length > 0) throw new Error(`Not part of this run: ${missing.join(', ')}.`);
  return `the run with ${CALLS.length} calls was started`;
}

/** @throws Error when the action was not found at the workflow's commit */
export function actionsAreFound({ backend }: Needs): string {
  const { result, outputs } = backend ?? { result: 'missing', outputs: {} };
  if (result !== 'success' || !outputs.id)
    throw new Error(`The called job ended as ${result}, without an id.`);
  if (outputs['has-services'] !== 'false' || outputs.images)
    throw new Error(`It gave images ("${outputs.images}") although there is no service.`);
  return `release-id ran without a checkout and said ${outputs.id}`;
}

/**
 * @returns undefined when no environment was named
 * @throws Error when its secret is where it should not be, or is not where it should be
 */
export function secretStaysInside({ inside, outside }: Needs): string | undefined {
  if (inside?.result === 'skipped') return undefined;
  if (inside?.outputs.seen !== 'true')
    throw new Error(
      'The job of the environment does not see the secret REAL_GITHUB; make it in the environment only.',
    );
  if (outside?.outputs.seen !== 'false')
    throw new Error(
      'A job without the environment sees REAL_GITHUB; it must not be a secret of the repository.',
    );
  return 'seen by the job of the environment alone';
}

/**
 * @returns undefined when no environment was named
 * @throws Error when an output that holds a secret came through
 */
export function secretEmptiesOutputs({ inside }: Needs): string | undefined {
  if (inside?.result === 'skipped' || inside?.outputs.seen !== 'true') return undefined;
  if (inside.outputs.text)
    throw new Error('The output "text" of the job of the environment holds the secret REAL_GITHUB.');
  return 'the output with the secret in it is empty';
}

/** Programs that the workflows call, and no step of theirs installs. */
const TOOLS: readonly string[] = ['az', 'base64', 'docker', 'git', 'helm', 'kubectl', 'node', 'npm'];

/** @throws Error that names what is missing, or the step that did not do its work */
export function hostedRunnerWorks({ 'hosted-runner': runner }: Needs): string {
  const { tools = '', manager = '', tag = '' } = runner?.outputs ?? {};
  const missing = TOOLS.filter((tool) => !tools.split(' ').includes(tool));
  if (missing.length > 0) throw new Error(`Not on the runner: ${missing.join(', ')}.`);
  if (manager !== 'npm')
    throw new Error(`install-packages found the package manager "${manager}" in a folder of npm.`);
  if (tag !== 'false') throw new Error(`check-tag says "${tag}" of a tag that is not there.`);
  return `${TOOLS.length} programs, hashFiles in a step that is shared, and the tags with the job's token`;
}
