import { labelList, labelValue } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

const LEGAL = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

test.each([
  ['github.com', 'github.com'],
  ['ghe.acme.example:8443', 'ghe.acme.example_8443'],
  ['', ''],
])('%s is %s', (text, value) => {
  expect(labelValue(text)).toBe(value);
});

test('whatever it is, it is a legal value, and no two texts share one', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(labelValue(a)).toMatch(LEGAL);
      if (a !== b) expect(labelValue(a)).not.toBe(labelValue(b));
    }),
  );
  expect(labelValue('a_b')).not.toBe(labelValue('a:b'));
});

test('a list is what selectors and helm take', () => {
  expect(labelList({ a: 'b', 'c/d': '' })).toBe('a=b,c/d=');
});
