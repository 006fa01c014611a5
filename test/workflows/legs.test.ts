import { runAction, startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { isStarter, ownWorkflow, project, workflows } from './project.ts';
import { fields } from './workflow.ts';

const OWNER = '$' + '{{ github.repository_owner }}';
const PLANNED = ['frontend.yml', 'backend.yml'].map((name) => `.github/workflows/${name}`);

/** What service.yml reads of its service, the keys that release-id always gives aside: docs list them. */
const KEYS = [
  ...['context', 'dockerfile', 'target', 'build-args', 'directory', 'test-command', 'migration'],
  ...['chart', 'values-files', 'values', 'overlay', 'template', 'health-path'],
];

/** The starters' lists of services. */
const planned = workflows
  .filter(isStarter)
  .flatMap(({ path, jobs }) =>
    jobs
      .filter(({ uses }) => PLANNED.includes(ownWorkflow(uses) ?? ''))
      .map((job) => ({ name: `${path} ${job.id}`, given: job.with })),
  );

test('a starter has a list of services, and one has a single image', () => {
  expect(planned.filter(({ given }) => given.services !== undefined)).not.toEqual([]);
  expect(planned.filter(({ given }) => given.services === undefined)).not.toEqual([]);
});

test('service.yml reads the keys that are known here', () => {
  const body = project.callable.get('.github/workflows/service.yml')?.body ?? '';
  const read = [...body.matchAll(/fromJSON\(inputs\.service\)\.([\w-]+)/g)].map(([, key]) => key);
  expect(new Set(read)).toEqual(new Set(['name', 'image', ...KEYS]));
});

describe.each(planned)('$name', ({ given }) => {
  test('gives every service an image, and no key that nobody reads', async () => {
    await using github = await startGitHub();
    const repository = await github.createRepository('acme/shop');
    const inputs = {
      services: String(given.services ?? ''),
      'image-prefix': String(given['image-prefix']).replace(OWNER, 'acme'),
    };
    const run = await runAction('release-id', { github, repository, inputs });
    const legs: unknown = fields(JSON.parse(run.outputs.matrix ?? '{}')).include;
    expect(run.outputs['has-services']).toBe('true');
    for (const leg of Array.isArray(legs) ? legs : []) {
      const { image, name, paths, ...rest } = fields(leg);
      expect(String(image)).toMatch(/:\S+$/);
      expect(name === undefined).toBe(given.services === undefined);
      expect(KEYS).toEqual(expect.arrayContaining(Object.keys(rest)));
    }
  });
});
