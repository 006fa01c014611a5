import { expect, test } from '@jest/globals';
import { type HostRule, previewHost } from '../../src/preview/index.ts';

const host = (rule: HostRule) => previewHost(rule, 'pr-42-web', { pullRequest: 42, service: 'web' });

test.each<[HostRule, string]>([
  [{ domain: 'preview.example.com' }, 'pr-42-web.preview.example.com'],
  [{ domain: 'Preview.Example.COM' }, 'pr-42-web.preview.example.com'],
  [{ host: '{{service}}-{{pr}}.example.com' }, 'web-42.example.com'],
  [{ host: '{{name}}.local' }, 'pr-42-web.local'],
])('%j', (rule, expected) => {
  expect(host(rule)).toBe(expected);
});

const LEGAL = 'it must be a DNS name such as preview.example.com (no scheme, no wildcard, no path, no port).';

test.each<[HostRule, string]>([
  [{ domain: 'https://preview.example.com' }, `Input "domain" is "https://preview.example.com"; ${LEGAL}`],
  [{ domain: '*.example.com' }, `Input "domain" is "*.example.com"; ${LEGAL}`],
  [{ domain: 'example.com.' }, `Input "domain" is "example.com."; ${LEGAL}`],
  [{ host: 'a_b.example.com' }, `Input "host" is "a_b.example.com"; ${LEGAL}`],
  [{ host: `${'x'.repeat(64)}.example.com` }, `Input "host" is "${'x'.repeat(64)}.example.com"; ${LEGAL}`],
  [{ host: '{{name}}.example.com:8080' }, `Input "host" is "pr-42-web.example.com:8080"; ${LEGAL}`],
])('refused: %j', (rule, message) => {
  expect(() => host(rule)).toThrow(message);
});
