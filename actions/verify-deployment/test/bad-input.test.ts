import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStage, type Stage } from './stage.ts';

const COMMIT = 'c'.repeat(40);

describe('bad input is refused in one sentence, before anything is asked', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'engine',
      { engine: 'helm' },
      'Input "engine" is "helm"; it must be one of: argocd, flux, rollout, workload.',
    ],
    ['application', { application: '' }, 'Input "application" is empty; it is required.'],
    [
      'a name of no Application',
      { application: 'shop/web' },
      'Input "application" is "shop/web"; it must be the bare name of an Application, or a label selector such as app=web.',
    ],
    [
      'a name with a flag',
      { application: '-A' },
      'Input "application" is "-A"; it must be the bare name of an Application, or a label selector such as app=web.',
    ],
    [
      'names and a selector',
      { application: 'shop\nteam=shop' },
      'Input "application" is "shop\\nteam=shop"; it must be either names, one a line, or one label selector such as app=web alone.',
    ],
    [
      'a kind that Flux has not',
      { engine: 'flux', application: 'application/shop' },
      'Input "application" is "application/shop"; it must be kustomization/<name>, helmrelease/<name>, the bare name of a Kustomization, or a label selector such as app=web.',
    ],
    [
      'a kind that is no workload',
      { engine: 'workload', application: 'service/shop', commit: '', namespace: 'shop', images: 'web:v1' },
      'Input "application" is "service/shop"; it must be deployment/<name>, statefulset/<name>, daemonset/<name>, job/<name>, the bare name of a Deployment, or a label selector such as app=web.',
    ],
    [
      'a time-out that no timer holds',
      { timeout: '25d' },
      'Input "timeout" is "25d"; it must be a duration from 1s to 24h.',
    ],
    ['no time at all', { timeout: '0s' }, 'Input "timeout" is "0s"; it must be a duration from 1s to 24h.'],
    [
      'a time-out of the smoke tests that no timer holds',
      { 'smoke-timeout': '30d' },
      'Input "smoke-timeout" is "30d"; it must be a duration from 1s to 24h.',
    ],
    [
      'commit left out',
      { commit: '' },
      'Input "commit" is empty; the engine argocd needs the commit in the GitOps repository that must run, such as the output "commit" of update-manifest.',
    ],
    [
      'a short commit',
      { commit: 'abc1234' },
      'Input "commit" is "abc1234"; it must be a full commit id of 40 characters.',
    ],
    [
      'a commit for workloads',
      { engine: 'workload', commit: COMMIT, namespace: 'shop', images: 'web:v1' },
      'Input "commit" is set, but the engine workload knows nothing of commits; leave it out, and name the images.',
    ],
    [
      'workloads without images',
      { engine: 'rollout', commit: '', namespace: 'shop' },
      'Input "images" is empty; the engine rollout knows a release by its images, so name those that must run.',
    ],
    [
      'workloads without a namespace',
      { engine: 'workload', commit: '', images: 'web:v1' },
      'Input "namespace" is empty; the engine workload needs the namespace of what "application" names.',
    ],
    [
      'namespace',
      { namespace: 'Shop' },
      'Input "namespace" is "Shop"; it must be a Kubernetes namespace, such as shop.',
    ],
    [
      'an image without a tag',
      { images: 'ghcr.io/acme/web' },
      'Input "images" is "ghcr.io/acme/web"; it must be an image reference with a tag or digest, such as ghcr.io/acme/web:v1.0.42.',
    ],
    [
      'one image twice',
      { images: 'web:v1\nweb:v2' },
      'Input "images" names web twice, with different releases; only one of them can run.',
    ],
    [
      'timeout',
      { timeout: 'soon' },
      'Input "timeout" is "soon"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
    ],
    [
      'log-lines',
      { 'log-lines': '999' },
      'Input "log-lines" is "999"; it must be auto or a whole number from 0 to 200.',
    ],
    [
      'environment-url',
      { environment: 'production', 'environment-url': 'shop.example.com' },
      'Input "environment-url" is "shop.example.com"; it must be a URL that begins with https:// or http://.',
    ],
    [
      'an environment on two lines',
      { environment: 'production\nstaging' },
      'Input "environment" is "production\\nstaging"; it must be the name of one GitHub environment, on one line.',
    ],
    [
      'environment-url alone',
      { 'environment-url': 'https://shop.example.com' },
      'Input "environment-url" is set, but "environment" is empty, so there is no Deployment to show it; set both, or neither.',
    ],
    [
      'a smoke test that is no URL of the web',
      { 'smoke-tests': 'ftp://shop.example.com' },
      'Line 1 of the input "smoke-tests" has the URL "ftp://shop.example.com"; it must be an http or https URL.',
    ],
    [
      'another repository without a token',
      { 'gitops-token': '' },
      'Input "gitops-token" is empty, but "repository" is acme/gitops and the job\'s token only opens acme/shop; mint a token of a GitHub App that is installed there (actions/create-github-app-token, permission contents: write) and pass it.',
    ],
  ])('%s', async (_name, inputs, message) => {
    const run = await stage.verify(inputs);
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toEqual([{ level: 'error', message }]);
    expect(run.requests).toEqual([]);
  });

  test('a kubeconfig that is none is not shown', async () => {
    const run = await stage.verify({ kubeconfig: 'a secret that is no kubeconfig' });
    expect(run.outputs).toMatchObject({ verdict: 'unknown', commit: '', 'smoke-results': '[]' });
    expect(run.outputs.reason).toMatch(/^Input "kubeconfig" is not (?:a kubeconfig|valid YAML)/);
    expect(run.stdout + run.summary).not.toContain('a secret that');
  });
});
