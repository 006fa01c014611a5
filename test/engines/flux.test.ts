import {
  type Cluster,
  type Flux,
  type GitHub,
  type Repository,
  startCluster,
  startFlux,
  startGitHub,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { deployment } from './workloads.ts';

const manifest = (tag: string) => JSON.stringify(deployment('shop', 'web', `acme/web:${tag}`));
const metadata = (name: string) => ({ name, namespace: 'flux-system' });

describeOn(['kubernetes', 'kwok', 'flux'], 'Flux on a cluster, its source a stand-in', () => {
  let github: GitHub;
  let repository: Repository;
  let cluster: Cluster;
  let flux: Flux;
  beforeAll(async () => {
    github = await startGitHub();
    repository = await github.createRepository('acme/gitops', {
      private: true,
      files: { 'shop/deployment.yaml': manifest('1') },
    });
    cluster = await startCluster();
    await cluster.createNamespace('shop');
    flux = await startFlux(cluster);
    const token = github.issueToken({ permissions: { contents: 'read' } });
    await cluster.apply(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('login'),
        stringData: { username: 'git', password: token },
      },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: metadata('gitops'),
        spec: {
          url: repository.cloneUrl,
          interval: '10m',
          ref: { branch: 'main' },
          secretRef: { name: 'login' },
        },
      },
    );
  }, 120_000);
  afterAll(async () => {
    await flux?.close();
    await cluster?.close();
    await github?.close();
  });

  const untilApplied = (sha: string) =>
    cluster.programs.until(`${sha} applied`, async () => {
      const { status } = (await flux.kustomization('shop')) ?? {};
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
      return status?.lastAppliedRevision === `main@sha1:${sha}` && ready === 'True';
    });

  test('applies a commit of a private repository', async () => {
    await cluster.apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: metadata('shop'),
      spec: {
        path: './shop',
        interval: '10m',
        prune: true,
        wait: true,
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
      },
    });
    await untilApplied(await repository.head('main'));
    expect(await cluster.get('deployment', 'shop', 'web')).toMatchObject({ status: { readyReplicas: 1 } });
  });

  test('applies the next commit when its source is asked to look, and not before', async () => {
    const before = await repository.head('main');
    const head = await repository.commit('main', { 'shop/deployment.yaml': manifest('2') });
    expect((await flux.gitRepository('gitops'))?.status?.artifact?.revision).toBe(`main@sha1:${before}`);
    await flux.reconcileSource('gitops');
    await untilApplied(head);
  });

  test('says which branch is missing', async () => {
    await cluster.kubectl(
      ...['patch', 'gitrepositories.source.toolkit.fluxcd.io', 'gitops', '-n', 'flux-system', '--type=merge'],
      ...['--patch', '{"spec":{"ref":{"branch":"nowhere"}}}'],
    );
    const ready = await cluster.programs.until('Ready=False', async () => {
      const { status } = (await flux.gitRepository('gitops')) ?? {};
      return status?.conditions?.find((one) => one.type === 'Ready' && one.status === 'False');
    });
    expect(ready.message).toContain('Remote branch nowhere not found');
  });

  test('prunes what it applied when its Kustomization goes', async () => {
    await cluster.kubectl(
      'delete',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      'shop',
      '-n',
      'flux-system',
    );
    expect(await cluster.get('deployment', 'shop', 'web')).toBeUndefined();
  });
});
