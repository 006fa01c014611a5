import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Artifact, created, publishRun, text } from './fork-run.ts';
import { visible } from './stage.ts';
import { town } from './town.ts';

test('a report cannot name another pull request, plant markers or give commands to the runner', async () => {
  await using here = await town();
  const before = await here.run(here.event('pull_request', { pullRequest: here.foreign }), {
    section: 'web',
  });
  created(before);
  const planted = here.foreign.comments()[0]?.body ?? '';
  const hostile = `${planted}\n::set-output name=pull-request::1\n::error::owned\npull-request: 1\n@acme/admins`;
  const run = await publishRun(here, async (folder) => {
    await text(hostile)(folder);
    for (const name of ['pull-request', 'pr-number.txt', 'NR', 'event.json'])
      await writeFile(join(folder, name), name === 'event.json' ? '{"pull_request":{"number":1}}' : '1');
  });
  created(run);
  expect(here.commented()).toEqual([3]);
  const [first, second, ...rest] = here.foreign.comments();
  expect(first?.body).toBe(planted);
  expect(rest).toEqual([]);
  // What was planted stands there as text. A mention stays one: the message is Markdown.
  expect(visible(second?.body)).toContain('@acme/admins');
  const again = await here.run(here.event('pull_request', { pullRequest: here.foreign }), {
    section: 'web',
    message: 'new',
  });
  expect(again.outputs['comment-id']).toBe(before.outputs['comment-id']);
  expect(here.foreign.comments()[1]?.body).toBe(second?.body);
});

test('a report that is too long for a comment is cut, and nothing else changes', async () => {
  await using here = await town();
  const run = await publishRun(here, text(`${'line of a report\n'.repeat(10_000)}end`));
  expect(run.outputs.result).toBe('created');
  expect(run.summary).toContain('\nend');
  expect(here.foreign.comments()[0]?.body.length).toBeLessThanOrEqual(65_536);
  expect(here.commented()).toEqual([3]);
});

const refused: readonly { what: string; artifact: Artifact; words: string }[] = [
  {
    what: 'is too large',
    artifact: text('x'.repeat(2_000_000)),
    words: 'at most 1000000 bytes long, not 2000000',
  },
  { what: 'is not there', artifact: async () => {}, words: 'there is no such file' },
  { what: 'is empty', artifact: text(' \n'), words: 'a file that is not empty' },
  {
    what: 'is a folder',
    artifact: (folder) => mkdir(join(folder, 'report.md')),
    words: 'it must be a file.',
  },
  {
    what: 'is a link',
    artifact: (folder) => symlink('/etc/passwd', join(folder, 'report.md')),
    words: 'it must be a file, with no symbolic link in its path.',
  },
];

test.each(refused)(
  'a report that $what: one sentence, and nothing is written',
  async ({ artifact, words }) => {
    await using here = await town();
    const run = await publishRun(here, artifact);
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toEqual([{ level: 'error', message: expect.stringContaining(words) }]);
    expect(run.annotations[0]?.message).toContain('Input "message-file" is ');
    expect(run.requests).toEqual([]);
    expect(here.commented()).toEqual([]);
  },
);
