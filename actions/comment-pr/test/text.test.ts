import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputReader } from '@gitops-actions/core/action';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { readMessage } from '../src/message.ts';
import { stage, visible } from './stage.ts';

test('the text comes from a file, with whatever line ends', async () => {
  await using here = await stage();
  await using workspace = await temporaryDirectory();
  await writeFile(join(workspace.path, 'report.md'), '\r\n# Report\r\n\r\n- one\r\n');
  await here.run({ message: '', 'message-file': 'report.md' }, { workspace: workspace.path });
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['# Report', '- one']);
});

test('the token is cut out of a message', async () => {
  await using here = await stage();
  const token = here.github.issueToken();
  await here.run({ token, message: `a ${token} b` });
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['a *** b']);
});

test('the token is cut out of title and section too', async () => {
  await using here = await stage();
  const token = here.github.issueToken();
  await here.run({ token, title: `Title ${token}`, section: token, id: `x-${token}` });
  const [comment] = here.pull.comments();
  expect(comment?.body).not.toContain('ghs_');
  expect(visible(comment?.body)).toEqual(['## Title ***', 'hello']);
});

test('the base64 of the token is cut out as well', () => {
  const reader = new InputReader({ INPUT_TOKEN: 'ghs_secret', INPUT_MESSAGE: 'a Z2hzX3NlY3JldA== b' });
  reader.secret('token');
  expect(readMessage(reader, { workspace: '', temp: '' }, 'upsert')).toBe('a *** b');
});

test('what git sends for the token, the base64 of a name and the token, is cut out', () => {
  const token = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
  const header = Buffer.from(`x-access-token:${token}`).toString('base64');
  const reader = new InputReader({ INPUT_TOKEN: token, INPUT_MESSAGE: `basic ${header}` });
  reader.secret('token');
  const written = readMessage(reader, { workspace: '', temp: '' }, 'upsert');
  expect(written).toMatch(/^basic eC1hY2Nlc3MtdG9rZW46\*\*\*/);
  expect(written.length).toBeLessThan('basic eC1hY2Nlc3MtdG9rZW46***'.length + 5);
});

test('one megabyte: its start is in the comment, all of it in the summary', async () => {
  await using here = await stage();
  await using workspace = await temporaryDirectory();
  const rows = '| 🚀 | a value |\n'.repeat(60_000);
  const report = Buffer.from(`| a | b |\n| --- | --- |\n${rows}`).subarray(0, 999_990).toString().trim();
  const whole = report.slice(0, report.lastIndexOf('\n'));
  await writeFile(join(workspace.path, 'report.md'), whole);
  const inputs = { message: '', 'message-file': 'report.md' };
  const run = await here.run(inputs, { workspace: workspace.path });
  expect([run.exitCode, run.outputs.result, run.annotations.length]).toEqual([0, 'created', 1]);
  expect(run.summary).toContain(whole);
  const [shown] = here.pull.comments();
  expect(shown?.body.length).toBeLessThanOrEqual(65_536);
  expect(visible(shown?.body).slice(-2)).toEqual([
    '| 🚀 | a value |',
    '_Cut here; the full text is in the job summary._',
  ]);
});

test('a text over the limit is cut at a line, its fence closed; the other section stays, the summary has all', async () => {
  await using here = await stage();
  await here.run({ section: 'other', message: 'other' });
  const log = `\`\`\`text\n${'🚀 a line of a log\n'.repeat(10_000)}last line\n\`\`\``;
  await using workspace = await temporaryDirectory();
  await writeFile(join(workspace.path, 'log.md'), log);
  const inputs = { section: 'log', message: '', 'message-file': 'log.md' };
  const run = await here.run(inputs, { workspace: workspace.path });
  const body = here.pull.comments()[0]?.body ?? '';
  expect(run.annotations).toEqual([
    {
      level: 'warning',
      message: 'The text is too long for the comment on acme/shop#1; all of it is in the job summary.',
    },
  ]);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(65_000);
  expect(visible(body).slice(-4)).toEqual([
    '🚀 a line of a log',
    '```',
    '_Cut here; the full text is in the job summary._',
    'other',
  ]);
  expect(run.summary).toContain(log);
});

test('a fence that is left open does not swallow the next section', async () => {
  await using here = await stage();
  await here.run({ section: 'b', message: 'b' });
  await here.run({ section: 'a', message: '```\ncode' });
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['```', 'code', '```', 'b']);
});
