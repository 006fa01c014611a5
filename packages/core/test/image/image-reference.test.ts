import { expect, test } from '@jest/globals';
import { parseImageReference } from '../../src/image/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx:1.29', 'docker.io/library/nginx', '1.29', undefined],
  ['docker.io/nginx:1.29', 'docker.io/library/nginx', '1.29', undefined],
  ['index.docker.io/library/nginx:1', 'docker.io/library/nginx', '1', undefined],
  ['acme/web:v1', 'docker.io/acme/web', 'v1', undefined],
  ['ghcr.io/acme/web:v1.0.42-abc1234', 'ghcr.io/acme/web', 'v1.0.42-abc1234', undefined],
  ['localhost/web:1', 'localhost/web', '1', undefined],
  ['localhost:5000/a/b:1', 'localhost:5000/a/b', '1', undefined],
  [`ghcr.io/acme/web@${DIGEST}`, 'ghcr.io/acme/web', undefined, DIGEST],
  [`ghcr.io/acme/web:v1@${DIGEST}`, 'ghcr.io/acme/web', 'v1', DIGEST],
  ['localhost:5000/web', 'localhost:5000/web', undefined, undefined],
])('%s', (text, name, tag, digest) => {
  expect(parseImageReference(text)).toMatchObject({ name, tag, digest });
});

test.each([
  '',
  ':v1',
  'Web:v1',
  'a//b:1',
  'a:v 1',
  'a:-x',
  'a@sha256:xyz',
  `a@${DIGEST}@${DIGEST}`,
  '-a:1',
  'a:',
  `${'a'.repeat(300)}:1`,
  'http://a/b:1',
])('%j is no reference', (text) => {
  expect(parseImageReference(text)).toBeUndefined();
});
