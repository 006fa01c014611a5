import type { PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const URL = 'https://pr-1.preview.example.com';
const TOOL = { name: 'playwright', version: '1.0.0', bin: { playwright: 'cli.js' } };
const LINK = { resolved: 'tools/playwright', link: true };
const LOCK = {
  ...{ name: 'web', version: '1.0.0', lockfileVersion: 3, requires: true },
  packages: {
    '': { name: 'web', version: '1.0.0', devDependencies: { playwright: 'file:tools/playwright' } },
    'tools/playwright': TOOL,
    'node_modules/playwright': LINK,
  },
};

/** `web` has a Playwright of its own, which says what it was called with. */
const PLAYWRIGHT = {
  'web/playwright.config.js': 'export default {}\n',
  'web/package.json': JSON.stringify({
    ...{ name: 'web', version: '1.0.0' },
    devDependencies: { playwright: 'file:tools/playwright' },
  }),
  'web/package-lock.json': JSON.stringify(LOCK),
  'web/tools/playwright/package.json': JSON.stringify(TOOL),
  'web/tools/playwright/cli.js':
    '#!/usr/bin/env node\nconsole.log(process.argv.slice(2).join(" "), process.env.PLAYWRIGHT_TEST_BASE_URL)\n',
};

describeOn(['act', 'crane'], 'the quality of a preview', () => {
  let scene: Scene;
  let pull: PullRequest;
  beforeAll(async () => {
    scene = await buildScene();
    const files = { ...PLAYWRIGHT, 'budget.json': '[]' };
    pull = await scene.shop.openPullRequest({ head: 'feature', files });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const look = (inputs: Readonly<Record<string, unknown>>) =>
    scene.call(
      'frontend-quality',
      { event: 'pull_request', about: { pullRequest: pull } },
      { inputs: { url: URL, directory: 'web', ...inputs } },
    );
  const comment = () => pull.comments()[0]?.body ?? '';

  test(
    'Lighthouse measures, Playwright tests the URL, and the comment has a section',
    async () => {
      const ran = await look({ budget: 'budget.json' });
      expectJobs(ran, {
        'call / Lighthouse': 'success',
        'call / Playwright': 'success',
        'call / Comment': 'success',
        call: 'success',
        outputs: 'success',
      });
      expect(jobOf(ran, 'call / Playwright').log).toContain(`test ${URL}`);
      expect(comment()).toContain('section quality');
      expect(comment()).toContain('| Lighthouse | ✅ |');
      expect(comment()).toContain('| performance, of 1 | 0.93 0.93 0.93 |');
      expect(comment()).toContain('| Playwright | ✅ |');
    },
    LONGEST,
  );

  test(
    'over the budget, and without tests: the comment says so, the run is red',
    async () => {
      const ran = await look({ budget: 'gone.json', directory: 'orders' });
      expect(ran.exitCode).toBe(1);
      expect(comment()).toContain('| Lighthouse | ❌ failed, or over its budget |');
      expect(comment()).toContain('| Playwright | no tests |');
    },
    LONGEST,
  );

  test(
    'no preview: nothing runs',
    async () => {
      const before = comment();
      const ran = await look({ url: '' });
      expect(jobOf(ran, 'call / Comment').result).toBe('skipped');
      expect(comment()).toBe(before);
    },
    LONGEST,
  );
});
