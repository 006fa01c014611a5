import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { root } from '../../../scripts/project.ts';
import { describeOn } from '../../engines/suite.ts';
import { fields } from '../workflow.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const ASKED = {
  ...{
    runner: 'ubuntu-latest',
    engine: 'workload',
    application: 'web',
    namespace: 'shop',
    environment: 'dev',
  },
  ...{ timeout: '10s', 'cluster-login': 'none', images: 'ghcr.io/acme/web:v1' },
};

/**
 * The workflow as GitHub has run it whose writing job gave these outputs, as a person starts it. act empties none that hold
 * a secret, so they are given as GitHub would leave them.
 */
function written(name: string, outputs: Readonly<Record<string, string>>): string {
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
  const writing = { ...fields(fields(jobs)[name]), ...given };
  return stringify({ on: { workflow_dispatch: { inputs } }, jobs: { ...fields(jobs), [name]: writing } });
}

describeOn(['act', 'crane'], 'images that GitHub empties because they hold a secret', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const run = (name: string, outputs: Readonly<Record<string, string>>) => {
    const about = { inputs: ASKED };
    return scene.start('backend', { event: 'workflow_dispatch', about }, () => written(name, outputs));
  };

  test.each([
    ['promote', 'Promote'],
    ['rollback', 'Roll back'],
  ])(
    '%s.yml: red, and one sentence says why nobody looks at the release',
    async (name, job) => {
      const ran = await run(name, { result: 'committed', commit: COMMIT });
      expectJobs(ran, { [job]: 'success', Verify: 'skipped', 'Say what is lost': 'failure' });
      expect(jobOf(ran, 'Say what is lost').log).toContain(
        'nobody looks whether it runs, because GitHub emptied the list of its images',
      );
    },
    LONGEST,
  );

  test(
    'rolled back before: there are no images, and nothing is lost',
    async () => {
      const ran = await run('rollback', { result: 'unchanged', commit: COMMIT });
      expectJobs(ran, { 'Roll back': 'success', Verify: 'skipped', 'Say what is lost': 'skipped' });
      expect(ran.exitCode).toBe(0);
    },
    LONGEST,
  );

  test(
    'deliver.yml: those that were asked for are looked at',
    async () => {
      const ran = await run('deliver', { result: 'committed', commit: COMMIT });
      const verify = jobOf(ran, 'Verify / Verify');
      expect(verify.log).not.toContain('Input "images" is empty');
      expect(outputsOf(verify).verdict).toBe('unknown');
    },
    LONGEST,
  );
});
