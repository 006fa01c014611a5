import { stringify } from 'yaml';
import { project } from '../project.ts';
import { fields } from '../workflow.ts';

/** What a caller passes on. */
export interface CallOptions {
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Secrets of the called workflow, each under its own name among the caller's. */
  readonly secrets?: readonly string[];
}

/**
 * The text of a workflow that calls one of this repository, as a team writes it, with exactly the grants that it asks for.
 *
 * @param event what starts it
 */
export function callerOf(event: string, name: string, { inputs = {}, secrets = [] }: CallOptions): string {
  const path = `.github/workflows/${name}.yml`;
  const called = project.callable.get(path);
  if (called?.call === undefined) throw new Error(`There is no ${path} to call.`);
  const grants = called.jobs.flatMap((job) => job.grants ?? []);
  const strongest = grants.toSorted((a, b) => a.value.localeCompare(b.value));
  const outputs = Object.keys(fields(called.call.outputs));
  const call = {
    permissions: Object.fromEntries(strongest.map(({ key, value }) => [key, value])),
    uses: `gitops-actions/gitops-actions/${path}@v1`,
    with: inputs,
    secrets: Object.fromEntries(secrets.map((secret) => [secret, `\${{ secrets['${secret}'] }}`])),
  };
  // What a caller can read of it, as the outputs of a step.
  const told = outputs.map((output) => [variable(output), `\${{ needs.call.outputs['${output}'] }}`]);
  const tell = {
    needs: 'call',
    if: '${{ !cancelled() }}',
    'runs-on': 'ubuntu-latest',
    steps: [{ env: Object.fromEntries(told), run: outputs.map(printOutput).join('\n') || 'true' }],
  };
  return stringify({ name: 'Caller', on: event, permissions: {}, jobs: { call, outputs: tell } });
}

const variable = (output: string): string => `OUT_${output.replaceAll('-', '_').toUpperCase()}`;

const printOutput = (output: string): string =>
  `printf '%s<<END\\n%s\\nEND\\n' ${output} "$${variable(output)}" >> "$GITHUB_OUTPUT"`;
