import {
  type ArgoCd,
  type Cluster,
  type GitHub,
  type Repository,
  startArgoCd,
  startCluster,
  startGitHub,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { deployment } from './workloads.ts';

const manifest = (tag: string) => JSON.stringify(deployment('shop', 'web', `acme/web:${tag}`));
const spec = (repository: Repository, path: string, namespace: string) => ({
  project: 'default',
  source: { repoURL: repository.cloneUrl, targetRevision: 'main', path },
  destination: { server: 'https://kubernetes.default.svc', namespace },
  syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
});

describeOn(['kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'], 'Argo CD on a cluster', () => {
  let github: GitHub;
  let repository: Repository;
  let cluster: Cluster;
  let argocd: ArgoCd;
  beforeAll(async () => {
    github = await startGitHub();
    repository = await github.createRepository('acme/gitops', {
      private: true,
      files: { 'shop/deployment.yaml': manifest('1') },
    });
    const token = github.issueToken({ permissions: { contents: 'read' } });
    cluster = await startCluster();
    argocd = await startArgoCd(cluster, { repositories: [{ url: repository.cloneUrl, token }] });
  }, 120_000);
  afterAll(async () => {
    await cluster?.close();
    await github?.close();
  });

  const untilSynced = (revision: string, health: string) =>
    cluster.programs.until(`${health} at ${revision}`, async () => {
      const { status } = (await argocd.application('shop')) ?? {};
      const isThere = status?.sync?.revision === revision && status.sync.status === 'Synced';
      return isThere && status.health?.status === health ? status : undefined;
    });

  test('syncs a commit of a private repository', async () => {
    await cluster.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: 'argocd' },
      spec: spec(repository, 'shop', 'shop'),
    });
    await untilSynced(await repository.head('main'), 'Healthy');
    expect(await cluster.get('deployment', 'shop', 'web')).toMatchObject({ status: { readyReplicas: 1 } });
  });

  test('moves to the next commit when it is asked to, and not before', async () => {
    const before = await repository.head('main');
    const head = await repository.commit('main', { 'shop/deployment.yaml': manifest('2') });
    expect((await argocd.application('shop'))?.status?.sync?.revision).toBe(before);
    await argocd.refresh('shop');
    const { operationState } = await untilSynced(head, 'Healthy');
    expect(operationState).toMatchObject({ phase: 'Succeeded', syncResult: { revision: head } });
  });

  test('answers the holder of an API key, and nobody else', async () => {
    const url = `${argocd.url}/api/v1/applications/shop`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${argocd.token}` } });
    expect(await answer.json()).toMatchObject({
      metadata: { name: 'shop' },
      status: { sync: { status: 'Synced' } },
    });
    expect((await fetch(url)).status).toBe(401);
  });

  test('hears of a push by webhook', async () => {
    const head = await repository.commit('main', { 'shop/deployment.yaml': manifest('3') });
    const html_url = repository.cloneUrl.replace(/\.git$/, '');
    const payload = {
      ref: 'refs/heads/main',
      after: head,
      repository: { html_url, default_branch: 'main' },
      commits: [],
    };
    const headers = { 'content-type': 'application/json', 'x-github-event': 'push' };
    await fetch(`${argocd.url}/api/webhook`, { method: 'POST', headers, body: JSON.stringify(payload) });
    await untilSynced(head, 'Healthy');
  });

  test('calls a release degraded whose pods crash', async () => {
    const head = await repository.commit('main', { 'shop/deployment.yaml': manifest('4-crash-loop') });
    await argocd.refresh('shop');
    await untilSynced(head, 'Degraded');
  });

  test('makes an Application of each preview and removes it with the file', async () => {
    await cluster.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'previews', namespace: 'argocd' },
      spec: {
        goTemplate: true,
        generators: [
          {
            git: {
              repoURL: repository.cloneUrl,
              revision: 'main',
              files: [{ path: 'previews/*/preview.yaml' }],
            },
          },
        ],
        template: {
          metadata: { name: '{{ .name }}', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
          spec: spec(repository, '{{ .path.path }}', '{{ .name }}'),
        },
      },
    });
    const preview = deployment('pr-7', 'web', 'acme/web:7');
    await repository.commit('main', {
      'previews/pr-7/preview.yaml': 'name: pr-7\n',
      'previews/pr-7/deployment.yaml': JSON.stringify(preview),
    });
    await cluster.programs.until('the preview', async () => {
      await argocd.refreshApplicationSet('previews');
      return (await argocd.application('pr-7'))?.status?.health?.status === 'Healthy';
    });
    expect(await cluster.get('deployment', 'pr-7', 'web')).toMatchObject({ status: { readyReplicas: 1 } });
    await repository.commit('main', {
      'previews/pr-7/preview.yaml': null,
      'previews/pr-7/deployment.yaml': null,
    });
    await cluster.programs.until('the preview gone', async () => {
      await argocd.refreshApplicationSet('previews');
      return (await argocd.application('pr-7')) === undefined;
    });
    expect(await cluster.get('deployment', 'pr-7', 'web')).toBeUndefined();
  });
});
