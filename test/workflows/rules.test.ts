import { describe, expect, test } from '@jest/globals';
import { composites, project, workflows } from './project.ts';
import { rules } from './rules/index.ts';

test('workflows and actions are discovered', () => {
  expect(workflows.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['.github/workflows/ci.yml', 'workflows-templates/monorepo.yml']),
  );
  expect(project.actions.size).toBeGreaterThan(0);
  expect(composites.map(({ path }) => path)).toContain('.github/actions/log-in/action.yml');
});

describe.each([...workflows, ...composites].map((workflow) => [workflow.path, workflow] as const))(
  '%s',
  (_path, workflow) => {
    test.each(Object.entries(rules))('%s', (_name, rule) => {
      expect(rule(workflow, project)).toEqual([]);
    });
  },
);
