import { expect, test } from '@jest/globals';
import { readPreRelease, readTicketUrl } from '../src/version/index.ts';

test.each(['', 'rc', 'beta-2', 'RC'])('pre-release %j is legal', (text) => {
  expect(readPreRelease('pre-release', text)).toBe(text);
});
test.each(['1', 'rc.1', 'rc_1', ' rc', '-rc'])('pre-release %j is refused', (text) => {
  expect(() => readPreRelease('pre-release', text)).toThrow(`Input "pre-release" is ${JSON.stringify(text)}`);
});
test.each([
  'https://acme.atlassian.net/browse/{{ticket}}',
  'http://jira.acme.internal:8080/browse/{{ticket}}',
  'https://acme.example/?id={{ticket}}#{{ticket}}',
])('ticket-url %s is legal', (text) => {
  expect(readTicketUrl('ticket-url', text)).toBe(text);
});
test.each([
  'https://acme.example/browse/',
  'https://{{ticket}}.acme.example/',
  'https://me:secret@acme.example/{{ticket}}',
  'javascript:alert({{ticket}})',
  'ftp://acme.example/{{ticket}}',
  'acme.example/{{ticket}}',
  'https://acme.example/{{ticket}}/{{sha}}',
  'https://acme.example/ {{ticket}}',
])('ticket-url %s is refused', (text) => {
  expect(() => readTicketUrl('ticket-url', text)).toThrow(
    'it must be an http or https address that holds {{ticket}}',
  );
});
test('no ticket-url is none', () => {
  expect(readTicketUrl('ticket-url', '')).toBeUndefined();
});
