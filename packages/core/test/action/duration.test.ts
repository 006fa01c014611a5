import { expect, test } from '@jest/globals';
import { formatDuration, parseDuration } from '../../src/action/index.ts';

test.each([
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['7d', 604_800_000],
  ['1d2h3m4s', 93_784_000],
  ['0s', 0],
])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '5', 'm', '5 m', '-5m', '1.5h', '30m1h', '5m5m', '4000d', '5ms', '1w'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [0, '0s'],
  [59_400, '59s'],
  [5_400_000, '1h 30m'],
  [93_784_000, '1d 2h'],
])('%d ms reads %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
