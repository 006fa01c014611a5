// Writes the tables in actions/*/README.md and docs/workflows/*.md from action.yml and the reusable workflows.
// `--check` fails when one is not current.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { renderAction } from './action-docs.ts';
import { actions, root } from './project.ts';
import { renderWorkflow } from './workflow-docs.ts';

interface Page {
  readonly file: string;
  readonly render: (text: string) => string;
}

const check = process.argv.includes('--check');
const pages: readonly Page[] = [
  ...actions.map((action) => ({
    file: join('actions', action, 'README.md'),
    render: (text: string) => renderAction(action, text),
  })),
  ...reusable().map((name) => ({
    file: join('docs', 'workflows', `${name}.md`),
    render: (text: string) => renderWorkflow(name, text),
  })),
];

const stale = pages.filter((page) => {
  const path = join(root, page.file);
  const before = readFileSync(path, 'utf8');
  const after = rendered(page, before);
  if (!check && after !== before) writeFileSync(path, after);
  return after !== before;
});
const names = stale.map(({ file }) => file).join(', ');
if (check && stale.length > 0) {
  console.error(
    `These tables are not what action.yml and the workflows say: ${names}. Run "npx -y pnpm@12.18.0 docs:write" and commit.`,
  );
  process.exit(1);
}
console.log(check ? 'generated docs are current.' : `written: ${names || 'nothing to change'}`);

function rendered({ file, render }: Page, text: string): string {
  try {
    return render(text);
  } catch (error) {
    throw new Error(`${file}: ${Error.isError(error) ? error.message : String(error)}`, { cause: error });
  }
}

/** The workflows that others may call; one is there for real-github.yml alone. */
function reusable(): readonly string[] {
  return globSync('.github/workflows/*.yml', { cwd: root })
    .filter((path) => /^ {2}workflow_call:/m.test(readFileSync(join(root, path), 'utf8')))
    .map((path) => basename(path, '.yml'))
    .filter((name) => name !== 'real-github-call')
    .sort();
}
