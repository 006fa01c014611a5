import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, enginePath, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { deliver, gitTags, slackTexts } from './delivery-calls.ts';
import { runningTags, startEnvironments, writtenTags } from './environments.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 300_000;
const ENGINES = ['act', 'crane', 'kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];

describeOn(ENGINES, 'releases that meet each other', () => {
  let scene: Scene;
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    scene = await buildScene({ env: { PATH: enginePath(['kubernetes']) } });
    await startEnvironments(cluster, scene);
  }, LONGEST);
  afterAll(() => cluster?.close());
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'two at once, the older one approved last: the newer stays, is verified and tagged; the older is neither',
    async () => {
      const before = await scene.gitops.log('main');
      scene.environments.protect('dev');
      const older = deliver(scene, cluster, 'v1.4.0', { tag: 'v1.4.0' }, { runNumber: 81 });
      const late = await scene.environments.nextFor(older);
      const newer = deliver(scene, cluster, 'v1.5.0', { tag: 'v1.5.0' }, { runNumber: 82 });
      (await scene.environments.nextFor(newer)).approve();
      const first = await newer;
      const commit = await scene.gitops.head('main');
      late.approve();
      const second = await older;
      expect(outputsOf(jobOf(first, 'outputs'))).toMatchObject({
        ...{ result: 'committed', verdict: 'healthy', commit },
      });
      expect(outputsOf(jobOf(second, 'outputs'))).toMatchObject({
        ...{ result: 'superseded', verdict: '', commit: '' },
      });
      expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
      expect(jobOf(second, 'call / Verify').result).toBe('skipped');
      const log = await scene.gitops.log('main');
      expect(log).toHaveLength(before.length + 1);
      expect(log[0]?.message).toContain('Release: v1.5.0');
      expect((await runningTags(cluster, 'dev')).slice(0, 2)).toEqual(['v1.5.0', 'v1.5.0']);
      expect([...scene.releases.keys()]).toEqual(['v1.5.0']);
      expect(Object.keys(await gitTags(scene))).toEqual(['v1.5.0']);
      expect(slackTexts(scene).toSorted()).toEqual([
        expect.stringMatching(/v1\.5\.0 → dev: healthy/),
        expect.stringMatching(/v1\.4\.0 → dev: superseded/),
      ]);
    },
    LONGEST,
  );

  test(
    'an older one with an image that is new: that one lands, and the verdict is on it alone',
    async () => {
      const { host } = scene.registry;
      await scene.registry.push('acme/payments', 'v1.4.5');
      const images = ['web', 'orders', 'payments'].map((name) => `${host}/acme/${name}:v1.4.5`).join('\n');
      const running = deliver(scene, cluster, 'v1.4.5', { images, timeout: '30s' });
      (await scene.environments.nextFor(running)).approve();
      const ran = await running;
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({ result: 'committed', verdict: 'healthy' });
      expect(ran.exitCode).toBe(0);
      expect(await writtenTags(scene, 'dev')).toEqual(['v1.5.0', 'v1.5.0', 'v1.4.5']);
      expect(await runningTags(cluster, 'dev')).toEqual(['v1.5.0', 'v1.5.0', 'v1.4.5']);
    },
    LONGEST,
  );

  test(
    'one that was replaced before it was looked at: green, no verdict on it, no tag',
    async () => {
      const before = await scene.gitops.head('main');
      const newerEnded = Promise.withResolvers<void>();
      // Its verification begins with the record of the deployment.
      const record = 'POST /repos/{owner}/{repo}/deployments';
      scene.github.inject({ match: record, times: 1, hold: newerEnded.promise });
      const older = deliver(scene, cluster, 'v1.6.0', { tag: 'v1.6.0', rollback: true });
      (await scene.environments.nextFor(older)).approve();
      const ended = older.then(() => true);
      while ((await scene.gitops.head('main')) === before)
        if (await Promise.race([sleep(50), ended])) throw new Error('It ended, and nothing had landed.');
      const newer = deliver(scene, cluster, 'v1.6.1', { tag: 'v1.6.1' });
      (await scene.environments.nextFor(newer)).approve();
      expect(outputsOf(jobOf(await newer, 'outputs'))).toMatchObject({ verdict: 'healthy' });
      newerEnded.resolve();
      const ran = await older;
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({
        ...{ result: 'committed', verdict: 'unknown', superseded: 'true', rollback: '' },
      });
      expect(ran.exitCode).toBe(0);
      expect(jobOf(ran, 'call / GitHub Release').result).toBe('skipped');
      expect(Object.keys(await gitTags(scene)).toSorted()).toEqual(['v1.5.0', 'v1.6.1']);
      expect(slackTexts(scene)).toContainEqual(expect.stringMatching(/v1\.6\.0 → dev: superseded/));
      expect((await writtenTags(scene, 'dev')).slice(0, 2)).toEqual(['v1.6.1', 'v1.6.1']);
    },
    LONGEST,
  );
});
