import { runAction, startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { namesRead } from './expression-names.ts';
import { ownAction, workflows } from './project.ts';
import { fields } from './workflow.ts';

const OWNER = '$' + '{{ github.repository_owner }}';

/** The workflows whose matrix comes from release-id, with the inputs they give it. */
const planned = workflows.flatMap((workflow) => {
  const step = workflow.jobs
    .flatMap(({ steps }) => steps)
    .find(({ uses }) => ownAction(uses) === 'release-id');
  return step ? [{ path: workflow.path, body: workflow.body, given: step.with }] : [];
});

test('there are such workflows', () => {
  expect(planned.map(({ path }) => path)).toContain('workflows-templates/previews.yml');
});

describe.each(planned)('$path', ({ body, given }) => {
  test('reads of the matrix what release-id puts there', async () => {
    await using github = await startGitHub();
    const repository = await github.createRepository('acme/shop');
    const inputs = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, String(value).replace(OWNER, 'acme')]),
    );
    const run = await runAction('release-id', { github, repository, inputs });
    const legs: unknown = fields(JSON.parse(run.outputs.matrix ?? '{}')).include;
    expect(run.outputs['has-services']).toBe('true');
    for (const leg of Array.isArray(legs) ? legs : []) {
      expect(Object.keys(fields(leg))).toEqual(expect.arrayContaining([...namesRead(body, 'matrix')]));
    }
  });
});
