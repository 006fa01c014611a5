import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { isOciTag, labelOf } from '../../src/release/index.ts';
import { facts, render } from './facts.ts';

const LABEL_VALUE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

describe('an id is SemVer for every commit, run and version', () => {
  test.each([
    'v1.0.{{run_number}}-{{sha}}',
    '{{version}}',
    'v{{version}}',
    '{{version}}-{{sha}}',
    '{{version}}-{{run_number}}.{{sha}}',
    '1.{{run_number}}.{{run_attempt}}-{{sha}}',
    "0.0.{{run_number}}-{{commit_date 'YYYYMMDDHHmm'}}.{{sha}}",
    "1.0.{{run_number}}-{{date 'YYYYMMDD'}}-{{sha}}",
    '1.0.0-pr.{{pr}}.{{sha}}',
  ])('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(facts, async (of) => {
        const id = await render(format, of);
        const bare = id.replace(/^v/, '');
        expect(semver.parse(bare)?.version).toBe(bare);
        expect(isOciTag(id)).toBe(true);
        expect(labelOf(id)).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });
});

test('build metadata is no image tag', async () => {
  await fc.assert(
    fc.asyncProperty(facts, async (of) => {
      expect(isOciTag(await render('{{version}}+{{sha}}', of))).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

const parts = fc.constantFrom(
  ...['{{run_number}}', '{{run_id}}', '{{run_attempt}}', '{{sha}}', '{{branch}}', '{{tag}}', '{{pr}}'],
  ...['{{version}}', "{{commit_date 'YYYY-MM-DD[T]HH'}}", "{{date 'x'}}", 'v', '.', '-', '_', '1'],
);

test('an id is a tag unless it begins with a sign or is too long, and its label is always one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 12 }), facts, async (written, of) => {
      const id = await render(written.join(''), of);
      expect(isOciTag(id)).toBe(!/^[.-]/.test(id) && id.length <= 128);
      if (isOciTag(id)) expect(labelOf(id)).toMatch(LABEL_VALUE);
    }),
    { numRuns: 2000 },
  );
});
