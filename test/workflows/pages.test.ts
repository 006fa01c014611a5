import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { project, root } from './project.ts';
import { callGrantsWhatIsAsked } from './rules/permissions.ts';
import { type Fields, fields, readWorkflow } from './workflow.ts';

/** Nobody but real-github.yml calls that one. */
const called = [...project.callable.values()].filter(
  ({ path, call }) => call !== undefined && !path.endsWith('/real-github-call.yml'),
);

test('there are pages', () => {
  expect(called.map(({ path }) => path)).toContain('.github/workflows/deliver.yml');
});

describe.each(called)('the page of $path', ({ path, jobs, call }) => {
  const name = path.slice('.github/workflows/'.length, -'.yml'.length);
  const page = readFileSync(join(root, 'docs', 'workflows', `${name}.md`), 'utf8');

  test('has a block of permissions that GitHub accepts for a call, and a reason for each', () => {
    const block = /<!-- permissions -->\n```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    const { permissions } = fields(parse(block));
    const caller = JSON.stringify({ jobs: { call: { permissions, uses: `$/${path}` } } });
    expect(callGrantsWhatIsAsked(readWorkflow('caller.yml', caller), project)).toEqual([]);
    for (const { key } of jobs.flatMap((job) => job.grants ?? []))
      expect(page).toMatch(new RegExp(`^\\| \`${key}: \\w+\` \\| \\S.*\\|$`, 'm'));
  });

  test('has a diagram and names every input, secret and output', () => {
    expect(page).toContain('```mermaid');
    for (const declared of [call?.inputs, call?.secrets, call?.outputs] as readonly (Fields | undefined)[])
      for (const field of Object.keys(declared ?? {})) expect(page).toContain(`| \`${field}\` |`);
  });
});
