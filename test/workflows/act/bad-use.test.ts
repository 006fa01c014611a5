import type { PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { previewInputs, previewSecrets } from './backend-call.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { previewsOf, tagsOf } from './monorepo.ts';
import type { RunOptions } from './runs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

describeOn(['act', 'crane'], 'what a user sees who asks for something that cannot be', () => {
  let scene: Scene;
  let pull: PullRequest;
  beforeAll(async () => {
    scene = await buildScene();
    pull = await scene.shop.openPullRequest({ head: 'feature', files: { 'orders/index.html': 'new' } });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const call = (inputs: Readonly<Record<string, unknown>>, options: Partial<RunOptions> = {}) =>
    scene.call(
      'backend',
      {
        ...{ event: 'pull_request', about: { pullRequest: pull }, secrets: previewSecrets(scene) },
        ...options,
      },
      { inputs: { ...previewInputs(scene), ...inputs }, secrets: ['app_private_key'] },
    );
  const planLog = async (inputs: Readonly<Record<string, unknown>>, options?: Partial<RunOptions>) => {
    const ran = await call(inputs, options);
    expect(ran.exitCode).toBe(1);
    expect(jobOf(ran, 'call / Plan').result).toBe('failure');
    expect(tagsOf(scene, 'orders')).toEqual([]);
    return jobOf(ran, 'call / Plan').log;
  };

  test(
    'two services of one name',
    async () => {
      const log = await planLog({ services: 'orders\norders' });
      expect(log).toContain('::error::');
      expect(log).toMatch(/"orders".*twice|two services.*"orders"|names "orders"/i);
    },
    LONGEST,
  );

  test(
    'no service at all: nothing is done, and nothing is red',
    async () => {
      const ran = await call({ services: '[]' });
      expectJobs(ran, {
        'call / Plan': 'success',
        'call / Say what is lost': 'skipped',
        'call / image': 'skipped',
        call: 'success',
        outputs: 'success',
      });
    },
    LONGEST,
  );

  test(
    'no service that changed: the same, and no comment',
    async () => {
      const other = await scene.shop.openPullRequest({ head: 'words', files: { 'README.md': 'words' } });
      const ran = await call({ 'changed-only': true }, { about: { pullRequest: other } });
      expect(ran.exitCode).toBe(0);
      expect(jobOf(ran, 'call / image').result).toBe('skipped');
      expect(other.comments()).toEqual([]);
    },
    LONGEST,
  );

  test(
    'an event that would build code of others with secrets',
    async () => {
      const log = await planLog({}, { event: 'pull_request_target' });
      expect(log).toContain('backend.yml does not run on pull_request_target.');
    },
    LONGEST,
  );

  test(
    'no private key of the App',
    async () => {
      const ran = await call({}, { secrets: {} });
      expect(jobOf(ran, 'call / orders / Preview').log).toContain('not supplied: private-key');
      expect(await previewsOf(scene)).toEqual([]);
      expect(jobOf(ran, 'call / orders / Say what failed').result).toBe('success');
      expect(pull.comments()[0]?.body).toContain('The preview was not brought up');
    },
    LONGEST,
  );

  test(
    'a folder without a Dockerfile',
    async () => {
      const services = JSON.stringify([{ name: 'docs', context: 'preview' }]);
      const ran = await call({ services });
      expect(jobOf(ran, 'call / docs / Image').log).toContain('failed to read dockerfile: open ');
      expect(pull.comments()[0]?.body).toMatch(/section docs [\s\S]*The image was not built/);
    },
    LONGEST,
  );

  test(
    'Dependabot: its checks are all it gets, and nothing is red',
    async () => {
      const files = { 'orders/index.html': 'newer' };
      const bot = await scene.shop.openPullRequest({ head: 'bump', files, author: 'dependabot[bot]' });
      const token = scene.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } });
      const options = { about: { pullRequest: bot }, secrets: {}, token };
      const ran = await call({ 'test-command': 'test -s Dockerfile' }, options);
      expectJobs(ran, {
        'call / Plan': 'success',
        'call / Say what is lost': 'skipped',
        'call / orders / Check': 'success',
        'call / orders / Image': 'skipped',
        'call / orders / Preview': 'skipped',
        'call / orders / Say what failed': 'skipped',
        'call / orders': 'success',
        call: 'success',
        outputs: 'success',
      });
      expect(bot.comments()).toEqual([]);
    },
    LONGEST,
  );

  test(
    'a fork: the same',
    async () => {
      const fork = await scene.github.createRepository('mona/shop');
      const files = { 'orders/index.html': 'theirs' };
      const theirs = await scene.shop.openPullRequest({ head: 'theirs', files, headRepository: fork });
      const token = scene.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } });
      const ran = await call({}, { about: { pullRequest: theirs }, secrets: {}, token });
      expect(ran.exitCode).toBe(0);
      expect(jobOf(ran, 'call / orders / Image').result).toBe('skipped');
      expect(theirs.comments()).toEqual([]);
    },
    LONGEST,
  );
});
