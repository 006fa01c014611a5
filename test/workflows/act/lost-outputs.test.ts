import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../../../scripts/project.ts';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

/**
 * The workflow as GitHub has run it whose Plan gave these outputs. act empties none that hold a secret, so they are given
 * as GitHub would leave them: https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs
 */
function planned(name: string, outputs: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(root, '.github', 'workflows', `${name}.yml`), 'utf8');
  const given = Object.entries(outputs).map(
    ([key, value]) => `      - run: echo '${key}=${value}' >> "$GITHUB_OUTPUT"\n        id: ${key}`,
  );
  const jobs = text
    .slice(text.indexOf('\npermissions: {}'))
    .replaceAll('$' + '{{ inputs.runner }}', 'ubuntu-latest')
    .replace(/ {4}steps:\n.*?\n\n {2}service:/s, `    steps:\n${given.join('\n')}\n\n  service:`)
    .replace(/steps\.release\.outputs\.([\w-]+)/g, 'steps.$1.outputs.$1');
  return `on: push\n${jobs}`;
}

describeOn(['act', 'crane'], 'outputs that GitHub empties because they hold a secret', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test.each(['frontend', 'backend'])(
    '%s.yml: red, and one sentence says why nothing is built',
    async (name) => {
      const text = planned(name, { 'has-services': 'true', id: 'v1' });
      const ran = await scene.start('backend', { event: 'push' }, () => text);
      expectJobs(ran, { Plan: 'success', image: 'skipped', 'Say what is lost': 'failure' });
      expect(jobOf(ran, 'Say what is lost').log).toContain(
        'GitHub emptied the list of images, because it holds a secret that is passed to this workflow, or a line of one',
      );
    },
    LONGEST,
  );

  test(
    'without services nothing is lost',
    async () => {
      const text = planned('backend', { 'has-services': 'false' });
      const ran = await scene.start('backend', { event: 'push' }, () => text);
      expectJobs(ran, { Plan: 'success', image: 'skipped', 'Say what is lost': 'skipped' });
    },
    LONGEST,
  );
});
