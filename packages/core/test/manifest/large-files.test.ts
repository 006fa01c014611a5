import { expect, test } from '@jest/globals';
import { editText } from './edited.ts';

const deployment = (index: number, image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d${index}}\nspec:\n  template:\n    spec:\n      containers:\n${Array.from(
    { length: 2300 },
    (_, i) =>
      `        - name: c${i}\n          image: ${i === 7 ? image : `acme/other${i}:v1`}\n          env:\n            - {name: X, value: "${i}"}\n`,
  ).join('')}`;

test('5 MB in 20 documents', () => {
  const documents = Array.from({ length: 20 }, (_, index) =>
    deployment(index, index === 13 ? 'acme/web:v1' : 'acme/b:v1'),
  );
  const text = `${documents.join('---\n')}`.padEnd(5_000_000, '# padding\n');
  expect(editText(text, { images: ['acme/web:v2'] })).toBe(text.replace('acme/web:v1', 'acme/web:v2'));
});

test('a map of 50,000 keys, and an image in it', () => {
  const keys = Array.from({ length: 50_000 }, (_, index) => `key${index}: v\n`).join('');
  const text = `${keys}image: acme/web:v1\n`;
  expect(editText(text, { images: ['acme/web:v2'] })).toBe(text.replace('web:v1', 'web:v2'));
});

test('2,000 aliases', () => {
  const text = `a: &a {x: 1}\n${Array.from({ length: 2000 }, (_, index) => `k${index}: {<<: *a}\n`).join('')}image: acme/web:v1\n`;
  expect(editText(text, { images: ['acme/web:v2'] })).toBe(text.replace('web:v1', 'web:v2'));
});

test('a block of text of 4 MB', () => {
  const text = `data:\n  file: |\n${'    some line of text with: colons # and hashes\n'.repeat(85_000)}image: acme/web:v1\n`;
  expect(editText(text, { images: ['acme/web:v2'] })).toBe(text.replace('web:v1', 'web:v2'));
});
