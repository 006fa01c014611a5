import { git } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { buildMonorepo, tagsOf, VALUES } from './monorepo.ts';
import type { Scene } from './scene.ts';

const LONGEST = 180_000;
const OVERLAY = 'apps/shop/overlays/staging/kustomization.yaml';

describeOn(['act', 'crane'], 'what is merged', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildMonorepo();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const merge = async (files: Readonly<Record<string, string>>) => {
    const before = await scene.shop.head('main');
    await scene.shop.commit('main', files);
    return scene.github.event('push', { repository: scene.shop, before });
  };
  const run = (runNumber: number, payload: Awaited<ReturnType<typeof merge>>) =>
    scene.start('monorepo', { event: 'push', payload, runNumber }, VALUES);
  const tags = async () => {
    const text = await scene.gitops.read('main', OVERLAY);
    return [...text.matchAll(/newTag: ([^ ]+)/g)].map(([, tag]) => tag);
  };

  test(
    'is in the GitOps repository in one commit, with the images of frontends and backends',
    async () => {
      const payload = await merge({ 'web/index.html': '1', 'orders/index.html': '1' });
      const before = (await scene.gitops.log('main')).length;
      const ran = await run(80, payload);
      const sha = (await scene.shop.head('main')).slice(0, 7);
      const id = `v1.0.80-${sha}`;
      expectJobs(
        { ...ran, jobs: ran.jobs.filter(({ name }) => !name.includes(' / ')) },
        { frontend: 'success', backend: 'success', deliver: 'success' },
      );
      // The first run of a workflow has nothing to compare with: all are built.
      expect(await tags()).toEqual([id, id, id]);
      const log = await scene.gitops.log('main');
      expect(log).toHaveLength(before + 1);
      expect(log[0]?.message).toContain(`Release: ${id}`);
      for (const service of ['web', 'orders', 'payments']) expect(tagsOf(scene, service)).toEqual([id]);
      expect(outputsOf(jobOf(ran, 'deliver / Deliver')).result).toBe('committed');
    },
    LONGEST,
  );

  test(
    'two merges in a row, the older one ends last: the newer one stays',
    async () => {
      const older = await merge({ 'orders/index.html': '2' });
      const newer = await merge({ 'orders/index.html': '3' });
      const before = await scene.gitops.log('main');
      const first = await run(82, newer);
      const [, orders] = await tags();
      expect(orders).toMatch(/^v1\.0\.82-/);
      const commit = await scene.gitops.head('main');
      expect(outputsOf(jobOf(first, 'deliver / Deliver'))).toMatchObject({ result: 'committed', commit });
      const late = await run(81, older);
      expect(late.exitCode).toBe(0);
      // It cannot know what the newer one built, so it built all. Nobody else wrote the other two: they land.
      const { images = '', changes = '[]' } = outputsOf(jobOf(late, 'deliver / Deliver'));
      expect(JSON.parse(changes)).toContainEqual(
        expect.objectContaining({ from: orders, result: 'superseded' }),
      );
      expect(images.match(/[a-z]+(?=:v1\.0\.81-)/g)).toEqual(['web', 'payments']);
      const log = await scene.gitops.log('main');
      expect(log).toHaveLength(before.length + 2);
      for (const { sha } of log.slice(0, 2))
        expect(await git(['show', `${sha}:${OVERLAY}`], { cwd: scene.gitops.directory })).toContain(
          `newTag: ${orders}`,
        );
    },
    LONGEST,
  );

  test(
    'builds what changed since the last run that went well, not what a failed run left out',
    async () => {
      const broken = await merge({ 'payments/index.html': '4', 'payments/Dockerfile': '' });
      const failed = await run(83, broken);
      expect(failed.exitCode).toBe(1);
      expect(jobOf(failed, 'deliver').result).toBe('skipped');
      const mended = await merge({ 'payments/Dockerfile': 'FROM scratch\n', 'web/index.html': '4' });
      const ran = await run(84, mended);
      expect(ran.exitCode).toBe(0);
      const [web, orders, payments] = await tags();
      expect([web, payments]).toEqual([expect.stringMatching(/^v1\.0\.84-/), web]);
      expect(orders).toMatch(/^v1\.0\.82-/);
    },
    LONGEST,
  );

  test(
    'that changes no service: nothing is built and nothing written',
    async () => {
      const head = await scene.gitops.head('main');
      const ran = await run(85, await merge({ 'README.md': 'words' }));
      expect(ran.exitCode).toBe(0);
      expect(jobOf(ran, 'deliver').result).toBe('skipped');
      expect(await scene.gitops.head('main')).toBe(head);
    },
    LONGEST,
  );
});
