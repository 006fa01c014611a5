import {
  type Cluster,
  enginePath,
  type PullRequest,
  startArgoCd,
  startCluster,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sampleObjects, serveIngresses, viewer } from '../../engines/gitops-stage.ts';
import { describeOn } from '../../engines/suite.ts';
import { previewInputs, previewSecrets } from './backend-call.ts';
import { jobOf } from './expect-jobs.ts';
import { expectKept, expectMigrated, standing, withGitOps } from './migrating.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 180_000;
const migrating = withGitOps('pr-1-orders');

describeOn(
  ['act', 'crane', 'kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'],
  'previews that Argo CD applies, whose database is migrated first',
  () => {
    let scene: Scene;
    let cluster: Cluster;
    let pull: PullRequest;
    let serving: Disposable;
    beforeAll(async () => {
      cluster = await startCluster();
      scene = await buildScene({ env: { PATH: enginePath(['kubernetes']) } });
      const { gitops, github, shop } = scene;
      const token = github.issueToken({ permissions: { contents: 'read' } });
      await startArgoCd(cluster, { repositories: [{ url: gitops.cloneUrl, token }] });
      await cluster.createNamespace('previews');
      await cluster.apply(
        viewer('previews'),
        ...(await sampleObjects('argocd/previews.yaml', gitops)),
        ...(await sampleObjects('argocd/previews-access.yaml', gitops)),
      );
      serving = serveIngresses(cluster, ['previews']);
      pull = await shop.openPullRequest({ head: 'feature', files: migrating.files('', '') });
    }, LONGEST);
    afterAll(async () => {
      serving?.[Symbol.dispose]();
      await cluster?.close();
      await scene?.[Symbol.asyncDispose]();
    }, LONGEST);

    const run = () =>
      scene.call(
        'backend',
        {
          ...{ event: 'pull_request', about: { pullRequest: pull } },
          secrets: { ...previewSecrets(scene), kubeconfig: cluster.deployerKubeconfig },
        },
        {
          inputs: {
            ...{ ...previewInputs(scene), ...migrating.inputs, controller: 'argocd' },
            ...{ 'cluster-login': 'kubeconfig', 'preview-timeout': '30s' },
          },
          secrets: ['app_private_key', 'kubeconfig'],
        },
      );
    const comment = () => pull.comments()[0]?.body ?? '';

    test(
      'the new version starts when the migration is done',
      async () => {
        const ran = await run();
        expect(jobOf(ran, 'call / orders / Preview').result).toBe('success');
        await expectMigrated(cluster, migrating, pull);
      },
      LONGEST,
    );

    test(
      'a migration that fails: the version before it goes on running, and the comment says why',
      async () => {
        const before = await standing(cluster, migrating);
        await pull.push(migrating.files('', 'failed'));
        const ran = await run();
        expect(jobOf(ran, 'call / orders / Preview').result).toBe('failure');
        await expectKept(cluster, migrating, before);
        expect(comment()).toMatch(/Job .*pr-1-orders-migrate|BackoffLimitExceeded/);
      },
      LONGEST,
    );
  },
);
