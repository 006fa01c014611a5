import { type Cluster, enginePath, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { runningTags, startEnvironments, starterSecrets, writtenTags } from './environments.ts';
import { BROKEN, PROMOTION, VALUES } from './environments-changes.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { buildMonorepo } from './monorepo.ts';
import type { Scene } from './scene.ts';

const LONGEST = 300_000;
const ENGINES = ['act', 'crane', 'kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];

describeOn(ENGINES, 'dev, staging and production on Argo CD', () => {
  let scene: Scene;
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    scene = await buildMonorepo({ env: { PATH: enginePath(['kubernetes']) } });
    await startEnvironments(cluster, scene);
  }, LONGEST);
  afterAll(() => cluster?.close());
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const secrets = () => starterSecrets(scene, cluster);
  const push = async (runNumber: number, change: Readonly<Record<string, string>>) => {
    const text = String(runNumber);
    await scene.shop.commit('main', { 'web/index.html': text, 'orders/index.html': text });
    return scene.start('monorepo', { event: 'push', secrets: secrets(), runNumber }, change);
  };
  const promote = (to: string) => {
    const about = { inputs: { to } };
    return scene.start('promote', { event: 'workflow_dispatch', about, secrets: secrets() }, PROMOTION);
  };
  const tokensMade = () => scene.doubles.madeBy('actions/create-github-app-token').length;
  const state = async () => ({ head: await scene.gitops.head('main'), tokens: tokensMade() });
  const environmentStates = (name: string) =>
    scene.shop
      .deployments()
      .filter(({ environment }) => environment === name)
      .map(({ statuses }) => statuses[0]?.state);

  test(
    'a push: dev runs it, Slack has one message, and the deployment is recorded',
    async () => {
      const ran = await push(80, VALUES);
      expect(outputsOf(jobOf(ran, 'deliver / Verify / Verify')).verdict).toBe('healthy');
      expect(ran.exitCode).toBe(0);
      const tags = await writtenTags(scene, 'dev');
      expect(new Set(tags).size).toBe(1);
      expect(tags[0]).toMatch(/^v1\.0\.80-/);
      expect(await runningTags(cluster, 'dev')).toEqual(tags);
      expect(environmentStates('dev')).toEqual(['success']);
      const [message, ...others] = scene.slack.messages.values();
      expect(others).toEqual([]);
      expect(message).toMatchObject({ channel: 'C123', revisions: 2 });
      expect(message?.text).toContain('healthy');
    },
    LONGEST,
  );

  test(
    'what nobody verified is not promoted',
    async () => {
      const before = await scene.gitops.head('main');
      const ran = await promote('production');
      expect(jobOf(ran, 'production / Promote').result).toBe('failure');
      expect(jobOf(ran, 'production / Promote').log).toContain('::error::');
      expect(await scene.gitops.head('main')).toBe(before);
    },
    LONGEST,
  );

  test(
    'rejected by the reviewers: the run fails, and nothing was written or told',
    async () => {
      scene.environments.protect('staging');
      const [before, messages] = [await state(), scene.slack.messages.size];
      const running = promote('staging');
      (await scene.environments.nextFor(running)).reject();
      const ran = await running;
      expect(ran.exitCode).toBe(1);
      expectJobs(ran, {
        'staging / Promote': 'failure',
        'staging / Verify': 'skipped',
        'staging / Say what is lost': 'skipped',
        ...{ staging: 'failure', production: 'skipped' },
      });
      expect(await state()).toEqual(before);
      expect(scene.slack.messages.size).toBe(messages);
      expect(environmentStates('staging')).toEqual([]);
    },
    LONGEST,
  );

  test(
    'dev → staging → production: nothing before the approval, then one commit of the same releases, verified there',
    async () => {
      scene.environments.protect('production');
      const tags = await writtenTags(scene, 'dev');
      for (const environment of ['staging', 'production'] as const) {
        const [before, commits] = [await state(), await scene.gitops.log('main')];
        const running = promote(environment);
        const request = await scene.environments.nextFor(running);
        expect(request.environment).toBe(environment);
        expect(await state()).toEqual(before);
        request.approve();
        const ran = await running;
        expect(outputsOf(jobOf(ran, `${environment} / Verify / Verify`)).verdict).toBe('healthy');
        expect(ran.exitCode).toBe(0);
        expect(await scene.gitops.log('main')).toHaveLength(commits.length + 1);
        expect(await writtenTags(scene, environment)).toEqual(tags);
        expect(await runningTags(cluster, environment)).toEqual(tags);
        expect(environmentStates(environment)).toEqual(['success']);
        expect([...scene.slack.messages.values()].at(-1)?.text).toContain(`→ ${environment}: healthy`);
      }
      // Nobody was asked again to look at the result.
      expect(scene.environments.asked.map(({ environment }) => environment)).toEqual([
        ...['staging', 'staging', 'production'],
      ]);
    },
    LONGEST,
  );

  test(
    'a release that does not run: red, and the one before it is back',
    async () => {
      const before = await writtenTags(scene, 'dev');
      const ran = await push(81, BROKEN);
      const outputs = outputsOf(jobOf(ran, 'deliver / Verify / Verify'));
      expect(ran.exitCode).toBe(1);
      expect(outputs.verdict).toBe('degraded');
      expect(await writtenTags(scene, 'dev')).toEqual(before);
      const text = await scene.gitops.read('main', 'apps/shop/overlays/dev/kustomization.yaml');
      expect(text).toContain('# gitops-actions: blocked ');
      expect([...scene.slack.messages.values()].at(-1)?.text).toMatch(/degraded.*rollback committed/);
      expect(environmentStates('dev').at(-1)).toBe('failure');
    },
    LONGEST,
  );
});
