import { describe, expect, test } from '@jest/globals';
import { NOW, reasons, type Stage, stage } from './stage.ts';

const STATES = 'graphql PullRequestStates';

/** Three pull requests with a preview each: open, closed, and one that does not exist. */
async function three(scene: Stage): Promise<void> {
  await scene.open('one');
  const closed = await scene.open('two');
  for (const pullRequest of [1, 2, 99]) await scene.preview({ pullRequest });
  await closed.close();
}

test('open stays, closed goes, unknown stays and makes the run red', async () => {
  await using scene = await stage();
  await three(scene);
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(reasons(run.outputs.removed)).toEqual({ 'pr-2': 'pull request 2 is closed' });
  expect(reasons(run.outputs.kept)['pr-1']).toMatch(/^pull request 1 is open; expires \d{4}-/);
  expect(reasons(run.outputs.failed)['pr-99']).toMatch(
    /^the state of pull request 99 of acme\/shop could not be read: /,
  );
  expect(await scene.previews()).toEqual(['pr-1', 'pr-99']);
  expect(run.annotations[0]?.message).toMatch(
    /^Could not clean up pr-99 \(the state of .*\); what could not be judged was kept, so mend that and re-run the job\.$/,
  );
  expect(run.summary).toContain('❌ failed');
});

describe('whatever hides the states, nothing is removed', () => {
  test.each<[string, Parameters<Stage['github']['inject']>[0]]>([
    ['500', { match: STATES, status: 500 }],
    [
      'an answer without the repository',
      { match: STATES, status: 200, body: { data: { repository: null } } },
    ],
    [
      'null for every pull request',
      {
        match: STATES,
        status: 200,
        body: { data: { repository: { databaseId: 1, p1: null, p2: null, p99: null } } },
      },
    ],
    ['403', { match: STATES, status: 403, body: { message: 'Forbidden' } }],
    ['404', { match: STATES, status: 404, body: { message: 'Not Found' } }],
  ])('%s', async (_name, fault) => {
    await using scene = await stage();
    await three(scene);
    scene.github.inject(fault);
    const run = await scene.run();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.removed).toBe('[]');
    expect(Object.keys(reasons(run.outputs.failed))).toEqual(['pr-1', 'pr-2', 'pr-99']);
    expect(await scene.previews()).toEqual(['pr-1', 'pr-2', 'pr-99']);
  });
});

test('what was closed at the decision and cannot be read right before the removal stays', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  await pull.close();
  let asked = 0;
  scene.github.inject({
    match: ({ operation }) => operation === 'PullRequestStates' && asked++ > 0,
    status: 404,
    body: {},
  });
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(Object.keys(reasons(run.outputs.failed))).toEqual(['pr-1']);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('the lifetime counts from the last deployment; an input overrides what was recorded', async () => {
  await using scene = await stage();
  for (const branch of ['one', 'two']) await scene.open(branch);
  await scene.preview({ pullRequest: 1, deployed: NOW - 7200, expires: NOW - 60 });
  await scene.preview({ pullRequest: 2, deployed: NOW - 7200, expires: NOW + 60_000 });
  const first = await scene.run();
  expect(first.exitCode).toBe(0);
  expect(reasons(first.outputs.removed)['pr-1']).toMatch(/^expired .* UTC, last deployed .* UTC$/);
  expect(await scene.previews()).toEqual(['pr-2']);
  const second = await scene.run({ ttl: '1h' });
  expect(Object.keys(reasons(second.outputs.removed))).toEqual(['pr-2']);
  expect(await scene.previews()).toEqual([]);
});

test('dry run: says what would go, changes nothing', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  await pull.close();
  const before = await scene.gitops.head('main');
  const run = await scene.run({ 'dry-run': 'true' });
  expect(run.exitCode).toBe(0);
  expect(run.outputs.removed).toBe('[]');
  expect(reasons(run.outputs.kept)).toEqual({ 'pr-1': 'dry run; would go: pull request 1 is closed' });
  expect(await scene.gitops.head('main')).toBe(before);
});

test('more pull requests than max-deletions: none goes, all are listed, red', async () => {
  await using scene = await stage();
  for (const branch of ['one', 'two', 'three']) await (await scene.open(branch)).close();
  await scene.preview({ pullRequest: 1, service: 'web' });
  await scene.preview({ pullRequest: 1, service: 'api' });
  await scene.preview({ pullRequest: 2 });
  await scene.preview({ pullRequest: 3 });
  const before = await scene.gitops.head('main');
  const run = await scene.run({ 'max-deletions': '2' });
  const sentence =
    'The previews of 3 pull requests would go, but "max-deletions" is 2, so none was removed; look at the list, and raise it if that is right.';
  expect(run.exitCode).toBe(1);
  expect(run.annotations).toMatchObject([{ level: 'error', message: sentence }]);
  expect(Object.keys(reasons(run.outputs.failed))).toEqual(['pr-1-api', 'pr-1-web', 'pr-2', 'pr-3']);
  expect(await scene.gitops.head('main')).toBe(before);
  const raised = await scene.run({ 'max-deletions': '3' });
  expect(raised.exitCode).toBe(0);
  expect(await scene.previews()).toEqual([]);
});

test('a record that nobody can read is never touched, and named', async () => {
  await using scene = await stage();
  await scene.gitops.commit('main', { 'previews/pr-5/preview.yaml': 'kind: ConfigMap\n' });
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(reasons(run.outputs.failed)).toEqual({
    'pr-5':
      'previews/pr-5/preview.yaml is not a preview record of format "1"; a newer version may have written it.',
  });
  expect(await scene.previews()).toEqual(['pr-5']);
});

test('500 previews: states and labels of all of them in five requests, the records in six', async () => {
  await using scene = await stage();
  await scene.open('one');
  const files: Record<string, string> = {};
  await scene.preview({ pullRequest: 1 });
  const record = await scene.gitops.read('main', 'previews/pr-1/preview.yaml');
  for (let index = 0; index < 499; index++) {
    const name = `pr-1-s${index}`;
    const text = record.replaceAll('pr-1', name).replace('service: ""', `service: "s${index}"`);
    files[`previews/${name}/preview.yaml`] = text.replace('pullRequest: "1"', `pullRequest: "${index + 1}"`);
  }
  await scene.gitops.commit('main', files);
  const run = await scene.run();
  expect(Object.keys(reasons(run.outputs.failed))).toHaveLength(498);
  expect(Object.keys(reasons(run.outputs.kept)).sort()).toEqual(['pr-1', 'pr-1-s0']);
  const requests = new Map<string, number>();
  for (const { route } of run.requests) requests.set(route, (requests.get(route) ?? 0) + 1);
  expect(Object.fromEntries(requests)).toEqual({
    [STATES]: 5,
    'graphql ReadHead': 1,
    'graphql ReadFiles': 5,
  });
});
