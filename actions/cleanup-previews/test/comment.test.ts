import { expect, test } from '@jest/globals';
import { DAY, NOW, reasons, type Stage, stage, visible } from './stage.ts';

const READY =
  '**✅ Preview of `web` is ready:** [pr-1-web.preview.shop.test](https://pr-1-web.preview.shop.test)';
const COMMENTS = 'graphql findComments';

test('after the removal its section says so, and the others stay', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web' });
  await scene.say(pull, 'web', READY);
  await scene.say(pull, 'tests', 'all green');
  await pull.close();
  const run = await scene.closed(pull);
  expect(run.annotations).toEqual([]);
  expect(visible(pull)).toEqual([
    'all green',
    '**🧹 Preview of `web` is removed**',
    'Pull request 1 is closed.',
  ]);
});

test('a preview without a service has the unnamed section, and one that is open can come again', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, deployed: NOW - 7200, expires: NOW - 60 });
  await scene.say(pull, '', '**❌ Preview of `pr-1` is not ready**');
  await scene.run();
  expect(visible(pull)).toEqual([
    '**🧹 Preview of `pr-1` is removed**',
    expect.stringMatching(
      /^Expired \d{4}-.* UTC, last deployed .* UTC\. A new commit, or a re-run of its workflow, brings it up again\.$/,
    ),
  ]);
});

test.each<[string, string, string, Record<string, string>]>([
  ['a section of the same name that speaks of something else', 'web', 'The web tests are green.', {}],
  ['a section of another name', 'api', READY, {}],
  ['the comment of another id', 'web', READY, { 'comment-id': 'previews' }],
  ['comments that are not wanted', 'web', READY, { 'comment-id': '' }],
])('%s: stays as it is', async (_name, section, text, inputs) => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web' });
  await scene.say(pull, section, text);
  await pull.close();
  const run = await scene.closed(pull, inputs);
  expect(reasons(run.outputs.removed)).toEqual({ 'pr-1-web': 'pull request 1 is closed' });
  expect(visible(pull)).toEqual([text]);
});

test('without a comment none is made', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web' });
  await pull.close();
  expect((await scene.closed(pull)).exitCode).toBe(0);
  expect(pull.comments()).toEqual([]);
});

test.each<[string, (scene: Stage) => void, string]>([
  [
    'read',
    ({ github }) => void github.inject({ match: COMMENTS, status: 403, body: { message: 'Forbidden' } }),
    'Cannot read the comments of acme/shop#1',
  ],
  [
    'written',
    ({ github }) =>
      void github.inject({
        match: 'graphql updateIssueComment',
        status: 403,
        body: { message: 'Forbidden' },
      }),
    'previews/pr-1-web in acme/gitops@main is removed, but its comment does not say so: Cannot comment on acme/shop#1',
  ],
])(
  'a comment that cannot be %s is a warning: the preview is gone all the same',
  async (_name, spoil, message) => {
    await using scene = await stage();
    const pull = await scene.open('one');
    await scene.preview({ pullRequest: 1, service: 'web' });
    await scene.say(pull, 'web', READY);
    await pull.close();
    spoil(scene);
    const run = await scene.closed(pull);
    expect(run.exitCode).toBe(0);
    expect(run.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining(message) }]);
    expect(await scene.previews()).toEqual([]);
    expect(visible(pull)).toEqual([READY]);
  },
);

test('a re-run of the deployment after the removal is not taken for an old one', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web', expires: NOW - 60, deployed: NOW - DAY });
  await scene.say(pull, 'web', READY);
  await scene.run({}, { runId: 900 });
  expect(visible(pull)[0]).toBe('**🧹 Preview of `web` is removed**');
  await scene.say(pull, 'web', `${READY} again`);
  expect(visible(pull)).toEqual([`${READY} again`]);
});

test('a newer run whose section came in between keeps its word', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, service: 'web' });
  await scene.say(pull, 'web', READY);
  await pull.close();
  const said = Promise.withResolvers<void>();
  scene.github.inject({
    match: ({ operation }) => {
      if (operation !== 'CommitFiles') return false;
      scene.say(pull, 'web', 'a newer run', 8).then(said.resolve, said.reject);
      return true;
    },
    times: 1,
    hold: said.promise,
  });
  await scene.closed(pull);
  expect(visible(pull)).toEqual(['a newer run']);
});
