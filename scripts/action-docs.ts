import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { between, type FieldMap, tableOf } from './generated-tables.ts';
import { root } from './project.ts';

interface Metadata {
  readonly inputs?: FieldMap;
  readonly outputs?: FieldMap;
}

/** The README of an action, with the tables that its action.yml says. */
export function renderAction(action: string, readme: string): string {
  const file = `actions/${action}/action.yml`;
  const metadata = parse(readFileSync(join(root, file), 'utf8')) as Metadata;
  const withInputs = between(readme, 'inputs', tableOf(file, 'input', metadata.inputs, true));
  return between(withInputs, 'outputs', tableOf(file, 'output', metadata.outputs));
}
