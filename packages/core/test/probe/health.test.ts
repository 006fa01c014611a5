import { expect, test } from '@jest/globals';
import { expectationText, meansGateway, parseStatusRanges, unhealthy } from '../../src/probe/index.ts';

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

const answer = (status: number, text = '', headers: Record<string, string> = {}) => ({
  status,
  text,
  headers,
});

test.each([
  [answer(200), expected('200-399'), undefined],
  [answer(302), expected('200-399'), undefined],
  [answer(404), expected('200-399'), 'answered 404, not 200-399'],
  [answer(500), expected('200,204'), 'answered 500, not 200, 204'],
  [answer(503), expected('200-599'), 'answered 503: nothing behind the ingress is ready'],
  [answer(502, 'v2'), expected('502', 'v2'), 'answered 502: nothing behind the ingress is ready'],
  [answer(503), { ...expected('503'), takesGateway: true }, undefined],
  [answer(200), { ...expected('503'), takesGateway: true }, 'answered 200, not 503'],
  [answer(200, 'version v2'), expected('200', 'v2'), undefined],
  [answer(200, 'version v1'), expected('200', 'v2'), 'answered 200, but without the text "v2"'],
  [
    answer(301, '', { location: 'https://x.example/\r\n\u001b[31m::error::' }),
    expected('200-299'),
    'answered 301 (a redirect to https://x.example/ [31m::error::), not 200-299',
  ],
])('%j', (given, expectation, verdict) => {
  expect(unhealthy(given, expectation)).toBe(verdict);
});

test.each([
  [{}, 'answered 200, but without the header content-type'],
  [{ 'content-type': 'text/html' }, 'answered 200, but with the header content-type: text/html'],
  [{ 'content-type': 'Application/JSON; charset=utf-8' }, undefined],
])('a header: %j', (headers, verdict) => {
  const expectation = { ...expected('200'), header: { name: 'content-type', text: 'application/json' } };
  expect(unhealthy(answer(200, '', headers), expectation)).toBe(verdict);
  expect(expectationText({ ...expectation, text: 'ok' })).toBe(
    '200, text "ok", header content-type: application/json',
  );
});

test.each([
  ['503', true],
  ['200,502-504', true],
  ['200-599', false],
  ['200-503', false],
])('%s means gateways: %s', (ranges, means) => {
  expect(meansGateway(parseStatusRanges(ranges, 'status'))).toBe(means);
});
