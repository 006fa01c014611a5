import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatRecord, isSamePreview, parseRecord } from '../../src/preview/index.ts';
import { isLaterRun } from '../../src/release/index.ts';
import { recordOf } from './fixtures.ts';

const FILE = 'previews/pr-42-web/preview.yaml';

test('the file, as an ApplicationSet reads it', () => {
  expect(formatRecord(recordOf())).toMatchInlineSnapshot(`
"# Written by gitops-actions: deploy-preview rewrites this file, cleanup-previews removes the folder by it.
# Do not edit it. An Argo CD ApplicationSet may read it with its git files generator.
# +argocd:skip-file-rendering
format: "1"
name: "pr-42-web"
host: "pr-42-web.preview.example.com"
url: "https://pr-42-web.preview.example.com"
namespace: "previews"
image: "ghcr.io/acme/web:v1.0.7-abc1234"
service: "web"
head: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
repository: "acme/shop"
server: "github.com"
pullRequest: "42"
repositoryId: "1001"
runId: "5000"
runAttempt: "1"
deployed: "1700000000"
expires: "1700604800"
"
`);
});

test('property: what is written is read back', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' });
  const number = fc.integer({ min: 1, max: 999_999_999_999_999 });
  const time = fc.integer({ min: 1, max: 253_402_300_799 });
  fc.assert(
    fc.property(text, text, number, time, (image, host, runId, expires) => {
      const record = recordOf({ image, host, runId, expires, service: '' });
      expect(parseRecord(formatRecord(record), FILE)).toEqual(record);
    }),
  );
});

describe('what does not parse is named', () => {
  const good = formatRecord(recordOf());
  test.each([
    ['', `${FILE} is not a preview record: it must be a map.`],
    ['a: [', `${FILE} is not valid YAML: `],
    ['- a', `${FILE} is not a preview record: it must be a map.`],
    [
      'kind: ConfigMap',
      `${FILE} is not a preview record of format "1"; a newer version may have written it.`,
    ],
    [
      good.replace('format: "1"', 'format: "2"'),
      `${FILE} is not a preview record of format "1"; a newer version may have written it.`,
    ],
    [
      good.replace(/^expires: .*$/m, ''),
      `${FILE} is not a preview record: "expires" must be a whole number above 0, in quotes.`,
    ],
    [
      good.replace(/^expires: .*$/m, 'expires: "0"'),
      `${FILE} is not a preview record: "expires" must be a whole number above 0, in quotes.`,
    ],
    [
      good.replace(/^expires: .*$/m, 'expires: "1e9"'),
      `${FILE} is not a preview record: "expires" must be a whole number above 0, in quotes.`,
    ],
    [good.replace(/^name: .*$/m, 'name: ""'), `${FILE} is not a preview record: "name" must be a text.`],
    [good.replace(/^host: .*$/m, 'host: [a]'), `${FILE} is not a preview record: "host" must be a text.`],
    [`${good}name: "other"\n`, `${FILE} is not valid YAML: Map keys must be unique`],
  ])('%#', (text, message) => {
    expect(() => parseRecord(text, FILE)).toThrow(message);
  });
});

test.each([
  ['the same', {}, true],
  ['a later head', { head: 'b'.repeat(40), runId: 6000 }, true],
  ['the repository renamed', { repository: 'acme/store' }, true],
  ['another repository', { repositoryId: 1002 }, false],
  ['another server', { server: 'ghes.example.com' }, false],
  ['another pull request', { pullRequest: 43 }, false],
  ['another service', { service: 'api' }, false],
])('same preview? %s', (_name, changes, expected) => {
  expect(isSamePreview(recordOf(), recordOf(changes))).toBe(expected);
});

test.each([
  [5001, 1, true],
  [5000, 2, true],
  [5000, 1, false],
  [4999, 9, false],
])('run %d attempt %d is newer than 5000 attempt 1: %s', (runId, runAttempt, expected) => {
  expect(isLaterRun(recordOf({ runId, runAttempt }), recordOf())).toBe(expected);
});
