import { describe, expect, test } from '@jest/globals';
import { parseImageTarget } from '../../src/image/index.ts';
import { imagesOfReleases, releaseOf, standingReferences } from '../../src/manifest/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const file = (text: string) => ({ path: 'a.yaml', content: Buffer.from(text) });

function found(text: string, ...releases: string[]) {
  return imagesOfReleases(file(text), new Set(releases)).map(({ target, references }) => [
    target.reference.name,
    ...references.map(releaseOf),
  ]);
}

describe('the images that stand with a release', () => {
  test.each<[string, string, string[][]]>([
    ['a reference', 'image: ghcr.io/acme/web:v2\n', [['ghcr.io/acme/web', 'v2']]],
    [
      'an entry of a Kustomization',
      'images:\n- name: web\n  newName: ghcr.io/acme/web\n  newTag: v2\n',
      [['ghcr.io/acme/web', 'v2']],
    ],
    [
      'values of a chart',
      'web:\n  image: {registry: ghcr.io, repository: acme/web, tag: v2}\n',
      [['ghcr.io/acme/web', 'v2']],
    ],
    [
      'several places, several versions',
      'a: {image: acme/web:v2}\nb: {image: acme/web:v1}\n',
      [['docker.io/acme/web', 'v2', 'v1']],
    ],
    [
      'two images of one release',
      'a: acme/web:v2\nb: acme/api:v2\nc: acme/db:v1\n',
      [
        ['docker.io/acme/web', 'v2'],
        ['docker.io/acme/api', 'v2'],
      ],
    ],
    ['an entry of a list', 'images: ["web=ghcr.io/acme/web:v2"]\n', [['ghcr.io/acme/web', 'v2']]],
    [
      'a tag with its digest',
      `image: {repository: ghcr.io/acme/web, tag: v2, digest: "${DIGEST}"}\n`,
      [['ghcr.io/acme/web', 'v2']],
    ],
    ['none: another release', 'image: ghcr.io/acme/web:v20\n', []],
    ['none: no image', 'version: v2\n', []],
    ['none: a template', 'image: {{ .Values.image }}:v2\n  x\n', []],
    ['none: not even YAML', 'a: [v2\n', []],
  ])('%s', (_, text, images) => {
    expect(found(text, 'v2')).toEqual(images);
  });

  test('by digest, where there is no tag, also without its algorithm', () => {
    expect(found(`image: ghcr.io/acme/web@${DIGEST}\n`, DIGEST)).toEqual([['ghcr.io/acme/web', DIGEST]]);
    expect(found(`image: {repository: ghcr.io/acme/web, sha: ${'a'.repeat(64)}}\n`, DIGEST)).toEqual([
      ['ghcr.io/acme/web', DIGEST],
    ]);
  });
});

test('a version with tag and digest, from one text or from keys of their own', () => {
  const target = parseImageTarget('ghcr.io/acme/web:x');
  if (target === undefined) throw new Error('not parsed');
  for (const text of [
    `image: ghcr.io/acme/web:v1@${DIGEST}\n`,
    `image: {repository: ghcr.io/acme/web, tag: v1, digest: "${DIGEST}"}\n`,
    `image: {repository: ghcr.io/acme/web, tag: "v1@${DIGEST}"}\n`,
    `image: {repository: ghcr.io/acme/web, tag: v1, sha: "${'a'.repeat(64)}"}\n`,
  ])
    expect(standingReferences(file(text), target)).toEqual([
      { written: 'ghcr.io/acme/web', name: 'ghcr.io/acme/web', tag: 'v1', digest: DIGEST },
    ]);
  expect(standingReferences(file('image: ghcr.io/acme/web\n'), target)).toEqual([]);
  expect(() => standingReferences(file('image: ghcr.io/acme/web:v1\n\tx'), target)).toThrow('a.yaml:');
});
