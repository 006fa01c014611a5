import { expect, test } from '@jest/globals';
import { parseImageTarget, targetKey } from '../../src/image/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['acme/web:v1', undefined, 'docker.io/acme/web', 'docker.io/acme/web'],
  ['docker.io/acme/web:v1', undefined, 'docker.io/acme/web', 'docker.io/acme/web'],
  ['web=ghcr.io/acme/web:v1', 'web', 'ghcr.io/acme/web', 'web='],
  [
    `ghcr.io/acme/old=ghcr.io/acme/web@${DIGEST}`,
    'ghcr.io/acme/old',
    'ghcr.io/acme/web',
    'ghcr.io/acme/old=',
  ],
])('%s', (text, kustomizeName, name, key) => {
  const target = parseImageTarget(text);
  expect(target).toMatchObject({ kustomizeName, reference: { name } });
  expect(target === undefined ? '' : targetKey(target)).toBe(key);
});

test.each([
  'acme/web',
  'web=acme/web',
  '=acme/web:v1',
  'acme/web:',
  'acme/web:v1@sha256:short',
  'a=b=acme/web:v1',
])('%j is no image to write', (text) => {
  expect(parseImageTarget(text)).toBeUndefined();
});
