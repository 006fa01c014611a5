import { type Cluster, enginePath, type PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { ordersInputs } from './backend-call.ts';
import { jobOf } from './expect-jobs.ts';
import { expectKept, expectMigrated, standing, withHelm, withKustomize } from './migrating.ts';
import { deploymentStates } from './monorepo.ts';
import { startPreviewCluster } from './preview-cluster.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 180_000;

describeOn(
  ['act', 'crane', 'kubernetes', 'kwok', 'helm4'],
  'previews whose database is migrated first',
  () => {
    let scene: Scene;
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startPreviewCluster();
      scene = await buildScene({ env: { PATH: enginePath(['helm4', 'kubernetes']) } });
    }, LONGEST);
    afterAll(() => cluster?.close());
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });

    describe.each([
      ['helm, by a hook of the chart', withHelm('pr-1-orders')],
      ['kustomize, by a Job of the overlay', withKustomize('pr-2-orders')],
    ])('%s', (title, migrating) => {
      const image = () => `${scene.registry.host}/acme/orders`;
      let pull: PullRequest;
      beforeAll(async () => {
        const head = title.slice(0, 4);
        pull = await scene.shop.openPullRequest({ head, files: migrating.files(`${image()}:v1`, 'failed') });
      });
      const run = () =>
        scene.call(
          'backend',
          {
            ...{ event: 'pull_request', about: { pullRequest: pull } },
            secrets: { kubeconfig: cluster.deployerKubeconfig },
          },
          {
            inputs: {
              ...ordersInputs(scene),
              ...{ domain: 'preview.example.com', 'preview-timeout': '30s', ...migrating.inputs },
            },
            secrets: ['kubeconfig'],
          },
        );
      const comment = () => pull.comments()[0]?.body ?? '';

      test(
        'fails at first: nothing comes up, and the comment says why',
        async () => {
          const ran = await run();
          expect(jobOf(ran, 'call / orders / Preview').result).toBe('failure');
          expect((await standing(cluster, migrating)).runs).toBeUndefined();
          expect(comment()).toContain(migrating.names.job);
          expect(comment()).toContain('ended with exit code 1');
          expect(deploymentStates(scene.github).at(-1)).toBe('failure');
        },
        LONGEST,
      );

      test(
        'mended: the new version starts when the migration is done',
        async () => {
          await pull.push(migrating.files(`${image()}:v1`, ''));
          const ran = await run();
          expect(jobOf(ran, 'call / orders / Preview').result).toBe('success');
          await expectMigrated(cluster, migrating, pull);
        },
        LONGEST,
      );

      test(
        'fails later on: the version before it goes on running',
        async () => {
          const before = await standing(cluster, migrating);
          await pull.push(migrating.files(`${image()}:v1`, 'failed'));
          expect((await run()).exitCode).toBe(1);
          await expectKept(cluster, migrating, before);
          expect(comment()).toContain('ended with exit code 1');
        },
        LONGEST,
      );
    });
  },
);
