import { createServer } from 'node:http';
import type { ActionContext } from '@gitops-actions/core/action';
import { createGitHub } from '@gitops-actions/core/github';
import { type GitHub, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { action } from '../../scripts/real-github/action.ts';
import { readComparison } from '../../scripts/real-github/compare-pages.ts';
import { readEditHistory } from '../../scripts/real-github/edit-history.ts';
import { findPullRequests } from '../../scripts/real-github/followed-run.ts';
import { expressionDecides } from '../../scripts/real-github/job-deployments.ts';
import { JOBS, NEEDS } from './real-github-run.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const SHOP = { owner: 'acme', repo: 'shop' };
const { signal } = new AbortController();
const clientOf = ({ token, apiUrl, graphqlUrl }: GitHub) =>
  createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 1 });

test('the history of a comment is read, and the comment is gone afterwards', async () => {
  await using github = await startGitHub();
  const pull = await (await github.createRepository('acme/shop')).openPullRequest({ head: 'a' });
  const client = await clientOf(github);
  expect(await readEditHistory(client, SHOP, pull.number)).toMatch(/^three texts/);
  expect(pull.comments()).toEqual([]);
});

test('all pages of a comparison are read', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const far = await repository.head('main');
  const series = Array.from({ length: 120 }, (_, n) => ({ message: `${n}`, files: { [`${n}`]: `${n}` } }));
  const commits = await repository.commitSeries('main', series);
  const [near = '', head = ''] = [commits.at(-3), commits.at(-1)];
  const client = await clientOf(github);
  expect(await readComparison(client, SHOP, { far, near, head })).toBe('120 commits, 2 files');
  await expect(readComparison(client, SHOP, { far: head, near, head: far })).rejects.toThrow('no ancestor');
});

test('the pull request of a run of pull_request_target is found by its head', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  const { run } = await contextOf(github, github.apiUrl);
  const ran = {
    ...{
      event: 'pull_request_target',
      head_branch: 'feature',
      head_commit: { id: await repository.head('feature') },
    },
    head_repository: { id: repository.id, owner: { login: 'acme' } },
  };
  const other = { ...ran, head_commit: { id: '0'.repeat(40) } };
  const find = async (runs: object[]) =>
    findPullRequests(
      await clientOf(github),
      SHOP,
      run,
      runs.map((one) => ({ ...one })),
    );
  expect(await find([other, ran])).toBe(`1 of 2 runs lead to their pull request, such as #${pull.number}`);
  await expect(find([other])).rejects.toThrow();
  expect(await find([])).toBeUndefined();
});

test('the deployments that GitHub records for the jobs of this run are counted', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const client = await clientOf(github);
  const look = (runId: number, runAttempt = 1, environment = 'real') =>
    expressionDecides(client, SHOP, { environment, runId, runAttempt });
  const record = async (runId: number) => {
    const wanted = { ...SHOP, ref: await repository.head('main'), environment: 'real', auto_merge: false };
    const { data } = await client.rest.repos.createDeployment({ ...wanted, required_contexts: [] });
    const log_url = `${github.url}/acme/shop/actions/runs/${runId}/job/7`;
    if ('id' in data)
      await client.rest.repos.createDeploymentStatus({
        ...{ ...SHOP, deployment_id: data.id, state: 'success', log_url },
      });
  };
  await record(11);
  await expect(look(1)).rejects.toThrow('0 deployments of real were recorded');
  await record(1);
  expect(await look(1)).toBe('recorded where it is true, and not where it is false');
  await record(1);
  await expect(look(1)).rejects.toThrow('2 deployments of real were recorded');
  expect([await look(1, 2), await look(1, 1, '')]).toEqual([undefined, undefined]);
});

const contextOf = async (github: GitHub, apiUrl: string): Promise<ActionContext> => ({
  run: {
    ...{
      repository: 'acme/shop',
      repositoryId: 1,
      serverUrl: github.url,
      apiUrl,
      graphqlUrl: github.graphqlUrl,
    },
    ...{ runId: 1, runNumber: 1, runAttempt: 1, sha: '', ref: '', eventName: 'workflow_dispatch', event: {} },
    ...{ workflowRef: '', url: '', workspace: '', temp: '' },
  },
  ...{ environment: {}, log, signal },
});

test('one that does not hold turns the run red; what could not be looked at does not', async () => {
  await using github = await startGitHub();
  await github.createRepository('acme/shop');
  const answers: Readonly<Record<string, unknown>> = {
    '/actions/runs/1/jobs': {
      total_count: JOBS.length,
      jobs: JOBS.map(({ started, ended, ...rest }) => ({
        ...rest,
        started_at: started,
        completed_at: ended,
      })),
    },
    '/actions/runs': { total_count: 0, workflow_runs: [] },
    '/commits': [],
  };
  await using server = createServer(({ url = '' }, response) => {
    const path = new URL(url, github.url).pathname.replace('/repos/acme/shop', '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[path]));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const context = await contextOf(github, `http://127.0.0.1:${port}`);
  const inputs = { token: github.token, needs: NEEDS, conversation: 0, environment: '', neighbour: SHOP };
  const { summary, failure } = await action.work(inputs, context);
  expect(failure).toBeUndefined();
  expect(summary.match(/✅/g)).toHaveLength(10);
  expect(summary.match(/➖/g)).toHaveLength(4);
  const outside = { result: 'success', outputs: { seen: 'true' } };
  const red = await action.work({ ...inputs, needs: { ...NEEDS, outside } }, context);
  expect(red.failure).toMatch(/^1 of 14 assumptions do not hold/);
  expect(red.summary).toContain('❌ does not hold');
});
