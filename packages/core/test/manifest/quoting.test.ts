import { expect, test } from '@jest/globals';
import { isPlainSafe } from '../../src/manifest/index.ts';

test.each(['v1.0.42-abc1234', '1.27.3', 'abc1234', '1.29-alpine', 'sha-12', 'ghcr.io/acme/web:v1', 'pr-42'])(
  '%s stands plain',
  (text) => {
    expect(isPlainSafe(text)).toBe(true);
  },
);

test.each([
  '1e5',
  '12e4567',
  '0123456',
  '1234567',
  '1.10',
  '1_000',
  '0x1f',
  '0o17',
  '0b11',
  '1:30',
  '190:20:30',
  '2024-01-02',
  '2024-01-02T',
  'yes',
  'No',
  'on',
  'y',
  'null',
  '~',
  'NaN',
  '.inf',
  '.NaN',
  '<<',
  '=',
  '',
  'true',
  '-1',
  '+1',
  '.5',
  '1.',
  '_1',
  '- x',
  'a: b',
  'a #b',
  '*a',
  '&a',
  '!a',
  '{a',
  '[a',
  "'a",
  '"a',
  '%a',
  '@a',
  '`a',
  ' a',
  'a ',
])('%j is quoted', (text) => {
  expect(isPlainSafe(text)).toBe(false);
});
