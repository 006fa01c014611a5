import { faults, startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import {
  createDeployment,
  createGitHub,
  type NewDeployment,
  type ReleaseDeployment,
  releaseDeployments,
  setDeploymentStatus,
} from '../../src/github/index.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const SHOP = { owner: 'acme', repo: 'shop' };

async function stage() {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true, files: { 'a.txt': 'a' } });
  const ref = await repository.head('main');
  const { token, apiUrl, graphqlUrl } = github;
  const { signal } = new AbortController();
  const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 2 });
  const make = (image: string, more: Partial<NewDeployment> = {}) =>
    createDeployment(client, SHOP, {
      ref,
      task: 'deploy',
      environment: 'staging',
      description: 'Release',
      runId: 7,
      runAttempt: 1,
      release: { images: [image], commit: 'c'.repeat(40) },
      ...more,
    });
  const end = async (
    id: number,
    ...states: ('in_progress' | 'success' | 'failure' | 'inactive' | 'error')[]
  ) => {
    for (const state of states)
      await setDeploymentStatus(client, SHOP, id, { state, logUrl: 'https://x.example', description: state });
  };
  const found = async () => {
    const all: ReleaseDeployment[] = [];
    for await (const one of releaseDeployments(client, SHOP, 'staging')) all.push(one);
    return all.map(({ images, outcome }) => [...images, outcome]);
  };
  const dispose = () => github.close();
  return { github, repository, client, ref, make, end, found, [Symbol.asyncDispose]: dispose };
}

test('newest first, with what became of each; other environments, tasks and makers are passed over', async () => {
  await using it = await stage();
  await it.end(await it.make('web:v1'), 'in_progress', 'success', 'inactive');
  await it.end(await it.make('web:v2'), 'in_progress', 'failure');
  await it.end(await it.make('web:v3'), 'in_progress', 'success');
  await it.end(await it.make('web:v4'), 'in_progress', 'error');
  await it.make('web:v5');
  await it.make('web:v6', { environment: 'production' });
  await it.make('web:v7', { task: 'preview:pr-1' });
  const made = { ...SHOP, ref: it.ref, environment: 'staging', auto_merge: false, required_contexts: [] };
  await it.client.rest.repos.createDeployment({ ...made, payload: {} });
  await it.client.rest.repos.createDeployment({ ...made, payload: 'not {JSON' });
  it.github.clearRequests();
  expect(await it.found()).toEqual([
    ['web:v5', 'open'],
    ['web:v4', 'open'],
    ['web:v3', 'verified'],
    ['web:v2', 'failed'],
    ['web:v1', 'verified'],
  ]);
  expect(it.github.requests().map(({ route }) => route)).toEqual(['graphql ReleaseDeployments']);
});

test('the record of a release: touches no other, and GitHub decides what is production', async () => {
  await using it = await stage();
  await it.make('web:v1');
  await it.make('web:v2', { environment: 'production' });
  expect(it.repository.deployments()).toMatchObject([
    {
      task: 'deploy',
      transient: false,
      production: false,
      payload: { run_id: 7, run_attempt: 1, images: ['web:v1'], commit: 'c'.repeat(40) },
    },
    { environment: 'production', production: true },
  ]);
});

describe('a lost answer', () => {
  test('is looked up: there is one Deployment', async () => {
    await using it = await stage();
    it.github.inject({ match: /^POST .*deployments$/, times: 1, after: true, ...faults.serverError(502) });
    const id = await it.make('web:v1');
    expect(it.repository.deployments()).toMatchObject([{ id }]);
  });

  test('the Deployment of another job of this run is not taken for it', async () => {
    await using it = await stage();
    const others = [
      await it.make('orders:v1'),
      await it.make('web:v1', { description: 'Other application' }),
    ];
    it.github.inject({ match: /^POST .*deployments$/, times: 1, ...faults.serverError(502) });
    expect(others).not.toContain(await it.make('web:v1'));
    expect(it.repository.deployments()).toHaveLength(3);
  });
});

test('pages are read only as far as the caller goes', async () => {
  await using it = await stage();
  for (let index = 0; index < 101; index++) await it.make(`web:v${index}`);
  it.github.clearRequests();
  for await (const { images } of releaseDeployments(it.client, SHOP, 'staging'))
    if (images[0] === 'web:v60') break;
  expect(it.github.requests()).toHaveLength(1);
  expect(await it.found()).toHaveLength(101);
  expect(it.github.requests()).toHaveLength(3);
}, 60_000);

test('a token without the permission', async () => {
  await using it = await stage();
  const { apiUrl, graphqlUrl } = it.github;
  const token = it.github.issueToken({ permissions: { metadata: 'read' } });
  const { signal } = new AbortController();
  const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal });
  await expect(releaseDeployments(client, SHOP, 'staging').next()).rejects.toThrow(
    'Cannot read the deployments of acme/shop: Resource not accessible by integration. The token needs `deployments: read`; grant it under `permissions:` of the job, or to the App the token comes from.',
  );
});
