import { expect, test } from '@jest/globals';
import { parseStatusRanges, unhealthy } from '../../src/preview/index.ts';

const expected = (ranges: string, text = '') => ({
  statuses: parseStatusRanges(ranges, 'health-status'),
  text,
});

test.each([
  ['200-399', [[200, 399]]],
  ['200', [[200, 200]]],
  [
    '200, 204,301-302',
    [
      [200, 200],
      [204, 204],
      [301, 302],
    ],
  ],
])('%s', (text, ranges) => {
  expect(parseStatusRanges(text, 'health-status')).toEqual(ranges);
});

test.each(['', '2xx', '399-200', '600', '99', '200-', '200;204', '200,'])('refused: %j', (text) => {
  expect(() => parseStatusRanges(text, 'health-status')).toThrow(
    `Input "health-status" is ${JSON.stringify(text)}; it must be statuses such as 200-399 or 200,204.`,
  );
});

test.each([
  [{ status: 200, text: '' }, expected('200-399'), undefined],
  [{ status: 302, text: '' }, expected('200-399'), undefined],
  [{ status: 404, text: '' }, expected('200-399'), 'answered 404, not 200-399'],
  [{ status: 500, text: '' }, expected('200,204'), 'answered 500, not 200, 204'],
  [{ status: 503, text: '' }, expected('200-599'), 'answered 503: nothing behind the ingress is ready'],
  [{ status: 502, text: 'v2' }, expected('502', 'v2'), 'answered 502: nothing behind the ingress is ready'],
  [{ status: 200, text: 'version v2' }, expected('200', 'v2'), undefined],
  [{ status: 200, text: 'version v1' }, expected('200', 'v2'), 'answered 200, but without the text "v2"'],
])('%j', (answer, expectation, verdict) => {
  expect(unhealthy(answer, expectation)).toBe(verdict);
});
