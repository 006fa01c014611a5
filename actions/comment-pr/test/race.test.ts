import { expect, test } from '@jest/globals';
import { arrived, stage, visible } from './stage.ts';

test('an old run whose write was held back ends superseded, with the newer text in place', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'first' }, { runId: 1 });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: 'graphql updateComment', times: 1, hold: late.promise });
  const held = here.run({ section: 'web', message: 'old' }, { runId: 2 });
  await arrived(here.github, 'graphql updateComment', 1);
  await here.run({ section: 'web', message: 'new' }, { runId: 3 });
  late.resolve();
  expect((await held).outputs.result).toBe('superseded');
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['new']);
});

test('duplicates that an earlier race left are brought together by the next writer', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const [first] = here.pull.comments();
  await here.pull.addComment((first?.body ?? '').replaceAll('web', 'api'));
  const run = await here.run({ section: 'docs', message: 'docs' });
  expect(here.pull.comments().map(({ id, body }) => [id, ...visible(body)])).toEqual([
    [first?.id, 'api', 'docs', 'web'],
  ]);
  expect(run.outputs['comment-id']).toBe(String(first?.id));
});

test('a comment that was deleted between the read and the write is made anew', async () => {
  await using here = await stage();
  await here.run({ message: 'one' });
  const [first] = here.pull.comments();
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: 'graphql updateComment', times: 1, hold: late.promise });
  const held = here.run({ message: 'two' });
  await arrived(here.github, 'graphql updateComment', 1);
  const address = `${here.github.apiUrl}/repos/acme/shop/issues/comments/${first?.id}`;
  await fetch(address, { method: 'DELETE', headers: { authorization: `token ${here.github.token}` } });
  late.resolve();
  expect((await held).outputs.result).toBe('created');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two']]);
});
