import { type Cluster, enginePath, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { DELIVERED, deliver, rollBack, slackTexts } from './delivery-calls.ts';
import { overlayOf, runningTags, startEnvironments, writtenTags } from './environments.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 300_000;
const ENGINES = ['act', 'crane', 'kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];
const ASKED = { release: 'v1.2.0', reason: 'The sum of a basket is wrong' };
const [GOOD, BAD] = ['v1.1.0', 'v1.2.0'].map((tag) => DELIVERED.map(() => tag));

describeOn(ENGINES, 'a release that a person takes back', () => {
  let scene: Scene;
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    scene = await buildScene({ env: { PATH: enginePath(['kubernetes']) } });
    await startEnvironments(cluster, scene);
    const quietly = { engine: 'none', 'slack-channel': '' };
    expect((await deliver(scene, cluster, 'v1.1.0', quietly)).exitCode).toBe(0);
    expect((await deliver(scene, cluster, 'v1.2.0')).exitCode).toBe(0);
    expect((await runningTags(cluster, 'dev')).slice(0, 2)).toEqual(BAD);
    scene.slack.messages.clear();
  }, LONGEST);
  afterAll(() => cluster?.close());
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const written = async () => (await writtenTags(scene, 'dev')).slice(0, 2);

  test(
    'an id that never stood there: refused, nothing written, and Slack says that it failed',
    async () => {
      const before = await scene.gitops.head('main');
      const ran = await rollBack(scene, cluster, { ...ASKED, release: 'v9.9.9' });
      expect(ran.exitCode).toBe(1);
      expect(jobOf(ran, 'call / Roll back').log).toMatch(
        /::error::Input "release" is v9\.9\.9, which stands nowhere in "path"/,
      );
      expect(jobOf(ran, 'call / Verify').result).toBe('skipped');
      expect(await scene.gitops.head('main')).toBe(before);
      expect(slackTexts(scene)).toEqual([expect.stringMatching(/^acme\/shop rollback in dev: failed /)]);
    },
    LONGEST,
  );

  test(
    'once approved, the release before stands there again and runs, and the bad one is marked',
    async () => {
      scene.slack.messages.clear();
      scene.environments.protect('dev');
      const before = await scene.gitops.log('main');
      const running = rollBack(scene, cluster, ASKED);
      const request = await scene.environments.nextFor(running);
      expect(await scene.gitops.log('main')).toEqual(before);
      request.approve();
      const ran = await running;
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({
        ...{ result: 'committed', to: 'v1.1.0', verdict: 'healthy' },
        commit: await scene.gitops.head('main'),
      });
      expect(ran.exitCode).toBe(0);
      const log = await scene.gitops.log('main');
      expect(log).toHaveLength(before.length + 1);
      expect(log[0]?.message).toContain(ASKED.reason);
      expect(await written()).toEqual(GOOD);
      expect((await runningTags(cluster, 'dev')).slice(0, 2)).toEqual(GOOD);
      const text = await scene.gitops.read('main', overlayOf('dev'));
      expect(text).toContain(`# gitops-actions: blocked v1.2.0 ${ASKED.reason}`);
      expect(slackTexts(scene)).toEqual([expect.stringMatching(/rolled back in dev to v1\.1\.0: healthy /)]);
      expect([...scene.slack.messages.values()][0]?.revisions).toBe(2);
      const states = scene.shop.deployments().map(({ statuses }) => statuses[0]?.state);
      expect(states.at(-1)).toBe('success');
    },
    LONGEST,
  );

  test(
    'started once more: it is back already, nothing is written, and what runs is looked at',
    async () => {
      const before = await scene.gitops.head('main');
      const running = rollBack(scene, cluster, ASKED);
      (await scene.environments.nextFor(running)).approve();
      const ran = await running;
      expect(ran.exitCode).toBe(0);
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({
        ...{ result: 'unchanged', to: '', verdict: 'healthy', commit: before },
      });
      expect(await scene.gitops.head('main')).toBe(before);
      expect(await written()).toEqual(GOOD);
      expect(slackTexts(scene).at(-1)).toMatch(/acme\/shop rolled back in dev: healthy /);
    },
    LONGEST,
  );

  test(
    'the bad release is delivered again: held, green, not verified; a newer one passes',
    async () => {
      const again = deliver(scene, cluster, 'v1.2.0');
      (await scene.environments.nextFor(again)).approve();
      const held = await again;
      expect(held.exitCode).toBe(0);
      expect(outputsOf(jobOf(held, 'outputs'))).toMatchObject({ result: 'held', commit: '', verdict: '' });
      expect(await written()).toEqual(GOOD);
      const next = deliver(scene, cluster, 'v1.2.1');
      (await scene.environments.nextFor(next)).approve();
      expect(outputsOf(jobOf(await next, 'outputs'))).toMatchObject({ verdict: 'healthy' });
      expect(await scene.gitops.read('main', overlayOf('dev'))).not.toContain('blocked');
    },
    LONGEST,
  );
});
