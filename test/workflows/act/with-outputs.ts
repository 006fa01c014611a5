import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../../../scripts/project.ts';
import { fields } from '../workflow.ts';

/**
 * A called workflow as a person starts it, and as GitHub has run it when one job gave these outputs and no others. act empties
 * none that hold a secret, so they are given as GitHub would leave them:
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs
 */
export function withOutputs(name: string, job: string, outputs: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(root, '.github', 'workflows', `${name}.yml`), 'utf8');
  const { on, jobs } = fields(parse(text));
  const { inputs } = fields(fields(on).workflow_call);
  const run = Object.entries(outputs).map(([key, value]) => `echo '${key}=${value}' >> "$GITHUB_OUTPUT"`);
  const given = {
    steps: [{ id: 'given', run: run.join('\n') }],
    outputs: Object.fromEntries(
      Object.keys(outputs).map((key) => [key, `\${{ steps.given.outputs.${key} }}`]),
    ),
  };
  const giving = { ...fields(fields(jobs)[job]), ...given };
  return stringify({ on: { workflow_dispatch: { inputs } }, jobs: { ...fields(jobs), [job]: giving } });
}
