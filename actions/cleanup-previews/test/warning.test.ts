import { expect, test } from '@jest/globals';
import { DAY, NOW, reasons, stage, visible } from './stage.ts';

const READY =
  '**✅ Preview of `web` is ready:** [pr-1-web.preview.shop.test](https://pr-1-web.preview.shop.test)';
const GOES =
  /^⏳ \*\*This preview goes after \d{4}-\d\d-\d\d \d\d:\d\d UTC\*\*, unless it is deployed again or the pull request has the label `keep-preview`\.$/;

/** What a run says: names under `warned`, and the reasons of those that are kept. */
const outcome = ({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) => ({
  warned: Object.keys(reasons(outputs.warned)),
  kept: reasons(outputs.kept),
});

test('a preview that goes soon is warned of once for each end, above what its section says', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web', expires: NOW + DAY / 2 });
  await scene.say(pull, 'web', READY);

  const first = await scene.run({}, { runId: 20 });
  expect(first.annotations).toEqual([]);
  expect(outcome(first)).toEqual({ warned: ['pr-1-web'], kept: {} });
  expect(reasons(first.outputs.warned)['pr-1-web']).toMatch(/^pull request 1 is open; expires .* UTC$/);
  expect(first.outputs.report).toContain('| ⚠️ goes soon | `pr-1-web` | 1 |');
  expect(visible(pull)).toEqual([expect.stringMatching(GOES), READY]);

  const second = await scene.run({}, { runId: 21 });
  expect(outcome(second)).toEqual({
    warned: [],
    kept: { 'pr-1-web': expect.stringMatching(/; the comment says so already$/) },
  });
  const [before] = visible(pull);

  const third = await scene.run({ ttl: '36h' }, { runId: 22 });
  expect(outcome(third).warned).toEqual([]);
  const fourth = await scene.run({ ttl: '47h', 'warn-before': '2d' }, { runId: 23 });
  expect(outcome(fourth).warned).toEqual(['pr-1-web']);
  expect(visible(pull)).toEqual([expect.stringMatching(GOES), READY]);
  expect(visible(pull)[0]).not.toBe(before);
});

test('deployed again: what comment-pr writes takes the place of the warning', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web', expires: NOW + DAY / 2 });
  await scene.say(pull, 'web', READY);
  await scene.run({}, { runId: 900 });
  expect(visible(pull)).toHaveLength(2);
  await scene.say(pull, 'web', READY, 8);
  expect(visible(pull)).toEqual([READY]);
});

test('where no comment speaks of it, nothing is remembered: it is listed in each run', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, expires: NOW + 600 });
  for (const inputs of [{}, { 'comment-id': '' }]) {
    const run = await scene.run(inputs);
    expect(reasons(run.outputs.warned)['pr-1']).toMatch(/; no comment to say so$/);
  }
  expect(pull.comments()).toEqual([]);
});

test('no warnings with 0s; a dry run only says which there would be', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web', expires: NOW + 600 });
  await scene.say(pull, 'web', READY);
  expect(outcome(await scene.run({ 'warn-before': '0s' }))).toMatchObject({ warned: [] });
  const dry = await scene.run({ 'dry-run': 'true' });
  expect(outcome(dry)).toEqual({
    warned: [],
    kept: { 'pr-1-web': expect.stringMatching(/^dry run; would be warned of: pull request 1 is open/) },
  });
  expect(visible(pull)).toEqual([READY]);
});

test('the label keeps a preview beyond its time, but not beyond its pull request', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  pull.setLabels(['bug', 'keep-preview']);
  await scene.preview({ pullRequest: 1, expires: NOW - 60 });
  const kept = await scene.run();
  expect(reasons(kept.outputs.kept)).toEqual({
    'pr-1': 'pull request 1 is open and has the label keep-preview',
  });
  const other = await scene.run({ 'keep-label': 'pinned', 'dry-run': 'true' });
  expect(reasons(other.outputs.kept)['pr-1']).toMatch(/^dry run; would go: expired /);
  await pull.close();
  expect(Object.keys(reasons((await scene.run()).outputs.removed))).toEqual(['pr-1']);
});

test('labels that GitHub does not tell keep everything: one of them may be the one', async () => {
  await using scene = await stage();
  await scene.open('one');
  await scene.preview({ pullRequest: 1, expires: NOW - 60 });
  const repository = { databaseId: scene.shop.id, p1: { state: 'OPEN', labels: null } };
  scene.github.inject({ match: 'graphql PullRequestStates', status: 200, body: { data: { repository } } });
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(Object.keys(reasons(run.outputs.failed))).toEqual(['pr-1']);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('a comment that may not be written: nobody is told, green, with a warning', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web', expires: NOW + 600 });
  await scene.say(pull, 'web', READY);
  scene.github.inject({ match: 'graphql updateIssueComment', status: 403, body: { message: 'Forbidden' } });
  const run = await scene.run();
  expect(run.exitCode).toBe(0);
  expect(outcome(run)).toEqual({
    warned: [],
    kept: { 'pr-1-web': expect.stringMatching(/; the comment could not be written$/) },
  });
  expect(run.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('goes soon, but its comment does not say so') },
  ]);
});
