import type { PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { previewInputs, previewSecrets } from './backend-call.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { previewsOf } from './monorepo.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

describeOn(['act', 'crane'], 'the scheduled clean-up', () => {
  let scene: Scene;
  let pulls: readonly PullRequest[];
  beforeAll(async () => {
    scene = await buildScene();
    const open = (head: string) => scene.shop.openPullRequest({ head, files: { 'orders/index.html': head } });
    pulls = [await open('closed'), await open('old'), await open('young')];
    const call = { inputs: previewInputs(scene), secrets: ['app_private_key'] };
    for (const pullRequest of pulls) {
      const about = { pullRequest };
      const options = { event: 'pull_request', about, secrets: previewSecrets(scene) } as const;
      expect((await scene.call('backend', options, call)).exitCode).toBe(0);
    }
    await letExpire('previews/pr-2-orders/preview.yaml');
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  /** As if its days were over. */
  const letExpire = async (path: string) => {
    const record = await scene.gitops.read('main', path);
    const over = record.replace(/^(expires|deployed): "\d+"/gm, '$1: "1000000000"');
    expect(over).not.toBe(record);
    await scene.gitops.commit('main', { [path]: over });
  };

  test(
    'by hand it only says what would go',
    async () => {
      await pulls[0]?.close();
      const about = { inputs: { 'dry-run': 'true' } };
      const ran = await scene.start('previews-cleanup', { event: 'workflow_dispatch', about });
      expect(ran.exitCode).toBe(0);
      expect(await previewsOf(scene)).toEqual(['pr-1-orders', 'pr-2-orders', 'pr-3-orders']);
    },
    LONGEST,
  );

  test(
    'removes what nobody removed and what is over, and keeps the rest',
    async () => {
      const ran = await scene.start('previews-cleanup', { event: 'schedule' });
      expect(ran.exitCode).toBe(0);
      expect(await previewsOf(scene)).toEqual(['pr-3-orders']);
      const { removed = '[]' } = outputsOf(jobOf(ran, 'cleanup / Clean up previews'));
      const names = (JSON.parse(removed) as { name: string }[]).map(({ name }) => name);
      expect(names.sort()).toEqual(['pr-1-orders', 'pr-2-orders']);
      for (const pull of pulls.slice(0, 2)) expect(pull.comments()[0]?.body).toContain('is removed');
      expect(pulls[2]?.comments()[0]?.body).toContain('is ready');
    },
    LONGEST,
  );
});
