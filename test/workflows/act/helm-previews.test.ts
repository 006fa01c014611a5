import { type Cluster, enginePath, type PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { imageOf } from './environments.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { CHART_FILES } from './migrating.ts';
import { deploymentStates } from './monorepo.ts';
import { startPreviewCluster } from './preview-cluster.ts';
import type { RunOptions } from './runs.ts';
import { buildScene, type Scene } from './scene.ts';
import { cleanUpOfHelm } from './starter-text.ts';

const LONGEST = 180_000;
const DEPLOYMENT = 'deploy/chart/templates/deployment.yaml';
const CHART_DEPLOYMENT = CHART_FILES[DEPLOYMENT] ?? '';

/** One service at the root of its repository, and its chart. */
const FILES = { Dockerfile: 'FROM scratch\n', ...CHART_FILES };

describeOn(
  ['act', 'crane', 'kubernetes', 'kwok', 'helm4'],
  'the starter backend.yml with Helm on a cluster',
  () => {
    let scene: Scene;
    let cluster: Cluster;
    let pull: PullRequest;
    beforeAll(async () => {
      cluster = await startPreviewCluster();
      scene = await buildScene({
        files: FILES,
        env: { PATH: enginePath(['helm4', 'kubernetes']) },
      });
      pull = await scene.shop.openPullRequest({ head: 'feature', files: { 'main.txt': 'new' } });
    }, LONGEST);
    afterAll(() => cluster?.close());
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });

    const secrets = () => ({ PREVIEWS_KUBECONFIG: cluster.deployerKubeconfig });
    const run = (options: Partial<RunOptions> = {}) =>
      scene.start(
        'backend',
        { event: 'pull_request', about: { pullRequest: pull }, secrets: secrets(), ...options },
        {
          'docker build --target test .': 'test -s Dockerfile',
          'chart: deploy/chart': 'preview-timeout: 20s\n      chart: deploy/chart',
        },
      );
    const image = () => imageOf(cluster, 'previews', 'pr-1');

    test(
      'without the kubeconfig: red, and the comment says that there is no preview',
      async () => {
        const ran = await run({ secrets: {}, env: { KUBECONFIG: '/nowhere' } });
        expect(ran.exitCode).toBe(1);
        expect(pull.comments()[0]?.body).toContain('No cluster is configured: set the input');
        expect(await image()).toBeUndefined();
      },
      LONGEST,
    );

    test(
      'the preview is a release in the cluster',
      async () => {
        const ran = await run();
        expectJobs(ran, {
          'backend / Plan': 'success',
          'backend / image / Check': 'success',
          'backend / image / Image': 'success',
          'backend / image / Preview': 'success',
          'backend / image / Say what failed': 'skipped',
          'backend / image': 'success',
          'backend / Say what is lost': 'skipped',
          backend: 'success',
          deliver: 'skipped',
        });
        const tag = `pr-1-2-${(await pull.headSha()).slice(0, 7)}`;
        expect(await image()).toBe(`${scene.registry.host}/acme/orders:${tag}`);
        expect(Object.keys(scene.registry.tags('acme/orders'))).toContain(tag);
        expect(pull.comments()).toHaveLength(1);
        expect(pull.comments()[0]?.body).toContain('https://pr-1.preview.example.com');
        expect(deploymentStates(scene.github).at(-1)).toBe('success');
      },
      LONGEST,
    );

    test(
      'pods that do not start: red, and the comment has what the cluster says',
      async () => {
        const label = '        test.gitops/fate: crash-loop\n    spec:';
        await pull.push({
          [DEPLOYMENT]: CHART_DEPLOYMENT.replace('    spec:\n      containers', `${label}\n      containers`),
        });
        const ran = await run();
        expect(jobOf(ran, 'backend / image / Preview').result).toBe('failure');
        expect(pull.comments()[0]?.body).toContain('CrashLoopBackOff');
        expect(deploymentStates(scene.github).at(-1)).toBe('failure');
      },
      LONGEST,
    );

    test(
      'mended: the release that failed is no obstacle',
      async () => {
        await pull.push({ [DEPLOYMENT]: CHART_DEPLOYMENT });
        const ran = await run();
        expect(ran.exitCode).toBe(0);
        expect(await image()).toMatch(/:pr-1-4-/);
        expect(pull.comments()[0]?.body).toContain('is ready');
      },
      LONGEST,
    );

    test(
      'closed: the lines of the README for helm remove the release',
      async () => {
        await pull.close();
        const about = { pullRequest: pull, action: 'closed' };
        const options = { event: 'pull_request_target', about, secrets: secrets() } as const;
        const ran = await scene.start('previews-cleanup', options, cleanUpOfHelm);
        expect(ran.exitCode).toBe(0);
        expect(await image()).toBeUndefined();
        expect(pull.comments()[0]?.body).toContain('is removed');
        expect(new Set(deploymentStates(scene.github))).toEqual(new Set(['inactive']));
      },
      LONGEST,
    );
  },
);
