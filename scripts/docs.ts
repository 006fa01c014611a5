// Writes the tables of inputs and outputs in actions/*/README.md from action.yml. `--check` fails when one is not current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { actions, root } from './project.ts';

interface Field {
  readonly description?: string;
  readonly default?: string;
  readonly required?: boolean;
}

interface Metadata {
  readonly inputs?: Readonly<Record<string, Field>>;
  readonly outputs?: Readonly<Record<string, Field>>;
}

const check = process.argv.includes('--check');
const stale = actions.filter((action) => {
  const file = join(root, 'actions', action, 'README.md');
  const before = readFileSync(file, 'utf8');
  const after = render(action, before);
  if (!check && after !== before) writeFileSync(file, after);
  return after !== before;
});
if (check && stale.length > 0) {
  console.error(
    `The tables in README.md are not what action.yml says: ${stale.join(', ')}. Run "npx -y pnpm@12.18.0 docs:write" and commit.`,
  );
  process.exit(1);
}
console.log(check ? 'generated docs are current.' : `written: ${stale.join(', ') || 'nothing to change'}`);

function render(action: string, readme: string): string {
  const metadata = parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8')) as Metadata;
  const inputs = rows(action, metadata.inputs, (field) => [describe(field), fallback(field)]);
  const outputs = rows(action, metadata.outputs, (field) => [describe(field)]);
  return between(
    between(readme, 'inputs', `| input | meaning | default |\n| --- | --- | --- |\n${inputs}`),
    'outputs',
    `| output | meaning |\n| --- | --- |\n${outputs}`,
  );
}

function rows(action: string, fields: Metadata['inputs'], cells: (field: Field) => string[]): string {
  return Object.entries(fields ?? {})
    .map(([name, field]) => {
      if (!field.description?.trim())
        throw new Error(`${action}: "${name}" has no description in action.yml.`);
      return `| \`${name}\` | ${cells(field).join(' | ')} |`;
    })
    .join('\n');
}

function describe(field: Field): string {
  return (field.description ?? '').trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function fallback(field: Field): string {
  if (field.required) return '**required**';
  return field.default ? `\`${field.default.replaceAll('|', '\\|')}\`` : '';
}

function between(text: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`README.md has no ${open} … ${close} pair.`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}
