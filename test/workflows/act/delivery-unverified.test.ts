import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { deliver, gitTags, slackTexts } from './delivery-calls.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import type { Ran } from './run-workflow.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const PROPOSED = {
  path: 'apps/shop/overlays/staging',
  strategy: 'pull-request',
  'pull-request-branch': 'release/staging',
};

describeOn(['act', 'crane'], 'a release that nobody verifies', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const expectProposed = (ran: Ran) => {
    expectJobs(ran, {
      'call / Deliver': 'success',
      'call / Verify': 'skipped',
      'call / GitHub Release': 'skipped',
      ...{ call: 'success', outputs: 'success' },
    });
    expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({
      ...{ result: 'proposed', commit: '', verdict: '', rollback: '' },
      'pull-request-url': `${scene.gitops.url}/pull/1`,
    });
  };

  test(
    'proposed: it stands in a pull request alone: no commit, no verdict, no tag',
    async () => {
      const before = await scene.gitops.head('main');
      const ran = await deliver(scene, undefined, 'v1.1.0', { ...PROPOSED, tag: 'v1.1.0' });
      expectProposed(ran);
      expect(await scene.gitops.head('main')).toBe(before);
      const [pull, ...others] = scene.gitops.pullRequests();
      expect(others).toEqual([]);
      expect(pull).toMatchObject({ state: 'open', head: 'release/staging' });
      const text = await scene.gitops.read('release/staging', `${PROPOSED.path}/kustomization.yaml`);
      expect(text.match(/newTag: v1\.1\.0 /g)).toHaveLength(2);
      expect(await gitTags(scene)).toEqual({});
      expect(slackTexts(scene)).toEqual([expect.stringMatching(/v1\.1\.0 → dev: proposed/)]);
      const [token] = scene.doubles.madeBy('actions/create-github-app-token');
      expect(token?.inputs['PERMISSION-PULL-REQUESTS']).toBe('write');
    },
    LONGEST,
  );

  test(
    'proposed after another: it is in the same pull request',
    async () => {
      expectProposed(await deliver(scene, undefined, 'v1.2.0', PROPOSED));
      expect(scene.gitops.pullRequests()).toHaveLength(1);
      const text = await scene.gitops.read('release/staging', `${PROPOSED.path}/kustomization.yaml`);
      expect(text.match(/newTag: v1\.2\.0 /g)).toHaveLength(2);
    },
    LONGEST,
  );

  test(
    'not asked to be verified: its commit has the tag as soon as it is written',
    async () => {
      const unverified = {
        path: PROPOSED.path,
        engine: 'none',
        tag: 'v1.3.0',
        'release-notes': '- A basket',
      };
      const ran = await deliver(scene, undefined, 'v1.3.0', unverified);
      expect(ran.exitCode).toBe(0);
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({ result: 'committed', verdict: '' });
      expect(await gitTags(scene)).toEqual({ 'v1.3.0': await scene.shop.head('main') });
      expect(scene.releases.get('v1.3.0')).toEqual({ body: '- A basket', revisions: 1 });
    },
    LONGEST,
  );

  test(
    'nobody can say how it runs: no tag; started again once that is mended: the tag, and nothing else',
    async () => {
      const unknown = { path: PROPOSED.path, tag: 'v1.3.1' };
      const first = await deliver(scene, undefined, 'v1.3.1', { ...unknown, 'cluster-login': 'none' });
      expect(first.exitCode).toBe(1);
      expect(outputsOf(jobOf(first, 'outputs'))).toMatchObject({ result: 'committed', verdict: 'unknown' });
      expect(await gitTags(scene)).not.toHaveProperty(['v1.3.1']);
      const before = await scene.gitops.head('main');
      const again = await deliver(scene, undefined, 'v1.3.1', { ...unknown, engine: 'none' });
      expect(again.exitCode).toBe(0);
      expect(outputsOf(jobOf(again, 'outputs'))).toMatchObject({ result: 'unchanged' });
      expect(await scene.gitops.head('main')).toBe(before);
      expect(await gitTags(scene)).toHaveProperty(['v1.3.1'], await scene.shop.head('main'));
    },
    LONGEST,
  );

  test.each([
    [
      'v1.3.0',
      /::error::The tag v1\.3\.0 \(input tag\) is on commit [0-9a-f]{7} already, and this run is of/,
    ],
    ['v1..4', /::error::The input tag is v1\.\.4, which git does not take for a name/],
  ])(
    'with the tag %s, that is of another commit or no name: refused before anything is written',
    async (tag, problem) => {
      const state = async () => ({ head: await scene.gitops.head('main'), tags: await gitTags(scene) });
      await scene.shop.commit('main', { basket: tag });
      const before = await state();
      const ran = await deliver(scene, undefined, 'v1.4.0', { path: PROPOSED.path, engine: 'none', tag });
      expect(ran.exitCode).toBe(1);
      expect(jobOf(ran, 'call / Deliver').log).toMatch(problem);
      expect(jobOf(ran, 'call / GitHub Release').result).toBe('skipped');
      expect(await state()).toEqual(before);
    },
    LONGEST,
  );
});
