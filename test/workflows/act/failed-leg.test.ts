import type { PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { buildMonorepo, previewsOf, serviceJobs, tagsOf, VALUES } from './monorepo.ts';
import type { Scene } from './scene.ts';

const LONGEST = 180_000;

describeOn(['act', 'crane'], 'a leg that fails', () => {
  let scene: Scene;
  let pull: PullRequest;
  beforeAll(async () => {
    scene = await buildMonorepo();
    const files = { 'orders/index.html': 'new', 'payments/index.html': 'new' };
    pull = await scene.shop.openPullRequest({ head: 'feature', files });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const run = () => scene.start('monorepo', { event: 'pull_request', about: { pullRequest: pull } }, VALUES);
  const section = (service: string) =>
    new RegExp(`section ${service} [^]*?/gitops-actions:section ${service}`).exec(
      pull.comments()[0]?.body ?? '',
    )?.[0];

  test(
    'without a Dockerfile: the other service is there, and the comment says why this one is not',
    async () => {
      await pull.push({ 'payments/Dockerfile': null });
      const ran = await run();
      const failed = {
        'backend / payments / Check': 'failure',
        'backend / payments / Image': 'skipped',
        'backend / payments / Preview': 'skipped',
        'backend / payments / Say what failed': 'success',
        'backend / payments': 'failure',
      } as const;
      expectJobs(ran, {
        'frontend / Plan': 'success',
        'frontend / Say what is lost': 'skipped',
        'frontend / image': 'skipped',
        frontend: 'success',
        'backend / Plan': 'success',
        'backend / Say what is lost': 'skipped',
        ...serviceJobs('backend', 'orders'),
        ...failed,
        backend: 'failure',
        deliver: 'skipped',
      });
      expect(await previewsOf(scene)).toEqual(['pr-1-orders']);
      expect(section('orders')).toContain('Preview of `orders` is ready');
      expect(section('payments')).toContain('The checks do not pass');
      expect(tagsOf(scene, 'payments')).toEqual([]);
    },
    LONGEST,
  );

  test(
    'a vulnerability of the asked severity: no tag, and the comment says so',
    async () => {
      await pull.push({
        'payments/Dockerfile': 'FROM scratch\n',
        'payments/vulnerable-CRITICAL': 'a library',
      });
      const ran = await run();
      expect(jobOf(ran, 'backend / payments / Image').result).toBe('failure');
      expect(jobOf(ran, 'backend / payments / Image').log).toContain('Total: 1 (CRITICAL)');
      expect(tagsOf(scene, 'payments')).toEqual([]);
      expect(section('orders')).toContain('Preview of `orders` is ready');
      expect(section('payments')).toContain('The image was not built');
    },
    LONGEST,
  );

  test(
    'mended: both are there',
    async () => {
      await pull.push({ 'payments/vulnerable-CRITICAL': null, 'payments/vulnerable-HIGH': 'a library' });
      const ran = await run();
      expect(ran.exitCode).toBe(0);
      expect(await previewsOf(scene)).toEqual(['pr-1-orders', 'pr-1-payments']);
      expect(section('payments')).toContain('Preview of `payments` is ready');
    },
    LONGEST,
  );
});
