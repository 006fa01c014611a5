import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { strongest } from '../test/workflows/grants.ts';
import { type Job, readWorkflow, type Workflow } from '../test/workflows/workflow.ts';
import { between, type FieldMap, table, tableOf } from './generated-tables.ts';
import { root } from './project.ts';

interface Call {
  readonly inputs?: FieldMap;
  readonly secrets?: FieldMap;
  readonly outputs?: FieldMap;
}

/** The page of a reusable workflow, with its tables and the block of permissions that its caller grants. */
export function renderWorkflow(name: string, page: string): string {
  const file = `.github/workflows/${name}.yml`;
  const text = readFileSync(join(root, file), 'utf8');
  const { on } = parse(text) as { readonly on: { readonly workflow_call: Call } };
  const { inputs, secrets, outputs } = on.workflow_call;
  const contents = {
    inputs: tableOf(file, 'input', inputs, true),
    secrets: tableOrNone(file, 'secret', secrets),
    outputs: tableOrNone(file, 'output', outputs),
    permissions: permissionsOf(readWorkflow(file, text)),
  };
  return Object.entries(contents).reduce((result, [mark, content]) => between(result, mark, content), page);
}

function tableOrNone(file: string, kind: string, declared: FieldMap = {}): string {
  return Object.keys(declared).length === 0 ? 'None.' : tableOf(file, kind, declared);
}

function permissionsOf(workflow: Workflow): string {
  const grants = strongest(workflow.jobs.flatMap((job) => job.grants ?? []));
  const block = grants.map(([scope, level]) => `      ${scope}: ${level}`);
  const rows = grants.map(([scope, level]) => [
    `\`${scope}: ${level}\``,
    [...new Set(workflow.jobs.flatMap((job) => reasons(workflow, job, scope)))].join('; '),
  ]);
  return ['```yaml', '    permissions:', ...block, '```', '', table(['grant', 'why'], rows)].join('\n');
}

/** What stands behind a grant, in the line of its own. */
function reasons({ lines }: Workflow, { grants }: Job, scope: string): readonly string[] {
  return (grants ?? [])
    .filter(({ key }) => key === scope)
    .map(({ line }) => /#\s*(.*)$/.exec(lines[line - 1] ?? '')?.[1] ?? '')
    .filter((reason) => reason !== '');
}
