import { type Cluster, enginePath, type PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { ACR_LOGIN, AKS, AZURE } from '../doubles/azure.ts';
import { ordersInputs } from './backend-call.ts';
import { imageOf } from './environments.ts';
import { jobOf } from './expect-jobs.ts';
import { CHART_FILES } from './migrating.ts';
import { tagsOf } from './monorepo.ts';
import { startPreviewCluster } from './preview-cluster.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 180_000;

/** The inputs of the recipe, but for those of previews. */
const LOGIN = {
  ...{ 'registry-login': 'azure', 'cluster-login': 'azure' },
  ...Object.fromEntries(Object.entries(AZURE).map(([name, id]) => [`azure-${name}`, id])),
  ...{ 'azure-resource-group': AKS['resource-group'], 'azure-cluster': AKS['cluster-name'] },
};

describeOn(
  ['act', 'crane', 'kubernetes', 'kwok', 'helm4'],
  'Azure for the registry and the cluster, without a secret',
  () => {
    let scene: Scene;
    let cluster: Cluster;
    let pull: PullRequest;
    beforeAll(async () => {
      cluster = await startPreviewCluster();
      scene = await buildScene({
        ...{ files: CHART_FILES, registryAuth: ACR_LOGIN, kubeconfig: () => cluster.deployerKubeconfig },
        env: { PATH: enginePath(['helm4', 'kubernetes']) },
      });
      pull = await scene.shop.openPullRequest({ head: 'feature', files: { 'orders/index.html': 'new' } });
    }, LONGEST);
    afterAll(() => cluster?.close());
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });
    const run = (inputs: Readonly<Record<string, string>> = {}) =>
      scene.call(
        'backend',
        { event: 'pull_request', about: { pullRequest: pull }, secrets: {} },
        {
          inputs: {
            ...{ ...ordersInputs(scene), registry: scene.registry.host },
            ...{ 'preview-engine': 'helm', domain: 'preview.example.com', chart: 'deploy/chart' },
            ...{ ...LOGIN, ...inputs },
          },
        },
      );
    const image = () => imageOf(cluster, 'previews', 'pr-1-orders');

    test(
      'ids that are not passed: what is missing is named, and nothing is pushed',
      async () => {
        const ran = await run({ 'azure-client-id': '', 'azure-tenant-id': '', 'azure-subscription-id': '' });
        expect(jobOf(ran, 'call / orders / Image').log).toContain(
          'Ensure client-id, tenant-id, subscription-id are supplied',
        );
        expect(tagsOf(scene, 'orders')).toEqual([]);
      },
      LONGEST,
    );

    test(
      'an identity that Azure does not know, and a cluster that is not there: red, and the comment says so',
      async () => {
        const stranger = await run({ 'azure-client-id': '99999999-9999-4999-8999-999999999999' });
        expect(jobOf(stranger, 'call / orders / Image').log).toContain('AADSTS700016');
        expect(pull.comments()[0]?.body).toContain('The image was not built');
        const lost = await run({ 'azure-cluster': 'gone' });
        expect(jobOf(lost, 'call / orders / Preview').log).toContain('there is no cluster');
        expect(pull.comments()[0]?.body).toContain('The preview was not brought up');
        expect(await image()).toBeUndefined();
      },
      LONGEST,
    );

    test(
      'the image is pushed, and the preview runs by a token that kubectl and helm ask for',
      async () => {
        const ran = await run();
        expect(ran.exitCode).toBe(0);
        const tag = `pr-1-4-${(await pull.headSha()).slice(0, 7)}`;
        expect(tagsOf(scene, 'orders')).toContain(tag);
        expect(await image()).toBe(`${scene.registry.host}/acme/orders:${tag}`);
        expect(scene.doubles.madeBy('kubelogin')).not.toEqual([]);
        expect(pull.comments()[0]?.body).toContain('is ready');
      },
      LONGEST,
    );
  },
);
