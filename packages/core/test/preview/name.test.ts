import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultNameTemplate, parseService, previewName, previewNamespace } from '../../src/preview/index.ts';

const name = (template: string, pullRequest = 42, service = 'web') =>
  previewName(template, { pullRequest, service });

describe('a name that fits is taken as it is', () => {
  test.each([
    [defaultNameTemplate(''), 'pr-42'],
    [defaultNameTemplate('web'), 'pr-42-web'],
    ['web-{{pr}}', 'web-42'],
    ['{{ service }}-{{ pr }}', 'web-42'],
    [`p-${'x'.repeat(51)}`, `p-${'x'.repeat(51)}`],
  ])('%s', (template, expected) => {
    expect(name(template)).toBe(expected);
  });
});

describe('any other is made to fit and carries the hash of the full text', () => {
  test.each([
    ['pr-{{pr}}-Web', 'pr-42-web-59c1e6d7'],
    ['{{pr}}', 'p-42-73475cb4'],
    ['feature/Login_Page', 'feature-login-page-5dd5e1e5'],
    [`pr-{{pr}}-${'long-'.repeat(20)}`, 'pr-42-long-long-long-long-long-long-long-lon-3fd0f3b7'],
  ])('%s', (template, expected) => {
    expect(name(template)).toMatch(/^[a-z][a-z0-9-]*-[0-9a-f]{8}$/);
    expect(name(template).replace(/-[0-9a-f]{8}$/, '')).toBe(expected.replace(/-[0-9a-f]{8}$/, ''));
    expect(name(template)).toBe(name(template));
  });
});

test('property: always a Helm release name and a DNS label, and two texts never share one', () => {
  const service = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/);
  fc.assert(
    fc.property(service, service, fc.integer({ min: 1, max: 999_999 }), (a, b, pr) => {
      const [first, second] = [name('{{service}}-{{pr}}', pr, a), name('{{service}}-{{pr}}', pr, b)];
      expect(first).toMatch(/^[a-z](?:[a-z0-9-]{0,51}[a-z0-9])?$/);
      expect(first === second).toBe(a === b);
    }),
  );
});

test.each([
  [
    () => name('{{branch}}'),
    'Input "name" is "{{branch}}"; it must be text with no placeholders but {{pr}} {{service}}.',
  ],
  [
    () => name('{{pr}}-{{service}}', 1, ''),
    'Input "name" is "{{pr}}-{{service}}"; it must be without {{service}}, which is empty here.',
  ],
  [() => name('---'), 'Input "name" is "---"; it must be text with a letter or digit in it.'],
  [
    () => name('{{constructor}}'),
    'Input "name" is "{{constructor}}"; it must be text with no placeholders but {{pr}} {{service}}.',
  ],
  [
    () => previewNamespace('previews/{{pr}}', 'pr-42', { pullRequest: 42, service: '' }),
    'Input "namespace" is "previews/42"; it must be a Kubernetes namespace: up to 63 lower-case letters, digits and dashes.',
  ],
  [
    () => parseService('web: {evil: true}'),
    'Input "service" is "web: {evil: true}"; it must be up to 63 letters, digits, dashes, dots and underscores, as in a Kubernetes label.',
  ],
])('refused: %#', (act, message) => {
  expect(act).toThrow(message);
});

test('a namespace may be one per preview', () => {
  expect(previewNamespace('preview-{{name}}', 'pr-42-web', { pullRequest: 42, service: 'web' })).toBe(
    'preview-pr-42-web',
  );
});
