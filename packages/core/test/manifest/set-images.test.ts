import { describe, expect, test } from '@jest/globals';
import { parseImageTarget } from '../../src/image/index.ts';
import { setImages } from './set-images.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OLD_DIGEST = `sha256:${'b'.repeat(64)}`;

function missing(what: string): never {
  throw new Error(`not parsed: ${what}`);
}

function set(text: string, ...images: string[]): string {
  const targets = images.map((image) => parseImageTarget(image) ?? missing(image));
  const { files } = setImages([{ path: 'a.yaml', content: Buffer.from(text) }], targets);
  return files[0]?.content ?? text;
}

describe('places found by structure', () => {
  test.each([
    [
      'container',
      'containers:\n  - name: web\n    image: acme/web:v1 # now\n',
      'acme/web:v2',
      'containers:\n  - name: web\n    image: acme/web:v2 # now\n',
    ],
    ['container without a tag', 'image: acme/web\n', 'acme/web:v2', 'image: acme/web:v2\n'],
    [
      'kustomization by name',
      'images:\n- {name: acme/web,  newTag: v1 }\n',
      'acme/web:v2',
      'images:\n- {name: acme/web,  newTag: v2 }\n',
    ],
    [
      'kustomization by newName',
      'images:\n- name: web\n  newName: acme/web\n  newTag: v1\n',
      'acme/web:v2',
      'images:\n- name: web\n  newName: acme/web\n  newTag: v2\n',
    ],
    [
      "kustomize's form",
      'images:\n- name: web\n  newTag: v1\n',
      'web=acme/web:v2',
      'images:\n- name: web\n  newTag: v2\n',
    ],
    [
      "kustomize's form with a new name",
      'images:\n- name: web\n  newName: old/web\n  newTag: v1\n',
      'web=acme/web:v2',
      'images:\n- name: web\n  newName: acme/web\n  newTag: v2\n',
    ],
    [
      'Helm values',
      'image:\n  repository: acme/web\n  tag: "v1"\n',
      'acme/web:v2',
      'image:\n  repository: acme/web\n  tag: "v2"\n',
    ],
    [
      'Helm values with registry',
      'image: {registry: ghcr.io, repository: acme/web, tag: v1}\n',
      'ghcr.io/acme/web:v2',
      'image: {registry: ghcr.io, repository: acme/web, tag: v2}\n',
    ],
    [
      'empty tag',
      'image:\n  repository: acme/web\n  tag:\n',
      'acme/web:v2',
      'image:\n  repository: acme/web\n  tag: v2\n',
    ],
    [
      'tag that reads as a number',
      'image:\n  repository: acme/web\n  tag: 1.10\n',
      'acme/web:1.20',
      'image:\n  repository: acme/web\n  tag: "1.20"\n',
    ],
    [
      'digest beside a tag',
      `image: {repository: acme/web, tag: v1, digest: "${OLD_DIGEST}"}\n`,
      `acme/web:v2@${DIGEST}`,
      `image: {repository: acme/web, tag: v2, digest: "${DIGEST}"}\n`,
    ],
    [
      'inline digest',
      `image: acme/web:v1@${OLD_DIGEST}\n`,
      `acme/web:v2@${DIGEST}`,
      `image: acme/web:v2@${DIGEST}\n`,
    ],
    [
      'Docker Hub spelled out',
      "image: 'docker.io/library/nginx:1.28'\n",
      'nginx:1.29',
      "image: 'docker.io/library/nginx:1.29'\n",
    ],
    ['JSON', '{"image": "acme/web:v1"}', 'acme/web:v2', '{"image": "acme/web:v2"}'],
    [
      'second document, CRLF, no final newline',
      'a: 1\r\n---\r\nimage: acme/web:v1',
      'acme/web:v2',
      'a: 1\r\n---\r\nimage: acme/web:v2',
    ],
    ['byte order mark', '\uFEFFimage: acme/web:v1\n', 'acme/web:v2', '\uFEFFimage: acme/web:v2\n'],
  ])('%s', (_name, before, image, after) => {
    expect(set(before, image)).toBe(after);
  });

  test('other images, also with a common ending, are left alone', () => {
    const text = 'a: {image: other/web:v1}\nb: {image: acme/web-admin:v1}\nc: {image: acme/web:v1}\n';
    expect(set(text, 'acme/web:v2')).toBe(text.replace('acme/web:v1', 'acme/web:v2'));
  });

  test('a template in the folder that does not name the image is passed over', () => {
    const files = [
      { path: 'chart/templates/web.yaml', content: Buffer.from('image: {{ .Values.web }}\n{{- if x }}\n') },
      { path: 'values.yaml', content: Buffer.from('web: acme/web:v1\n') },
    ];
    const target = parseImageTarget('acme/web:v2') ?? missing('target');
    expect(setImages(files, [target]).files).toEqual([
      { path: 'values.yaml', content: 'web: acme/web:v2\n' },
    ]);
  });

  test('a bare name in a base stays when an overlay holds the release, also in another file', () => {
    const files = [
      { path: 'base/web.yaml', content: Buffer.from('image: acme/web\n') },
      { path: 'prod/kustomization.yaml', content: Buffer.from('images: [{name: acme/web, newTag: v1}]\n') },
    ];
    const target = parseImageTarget('acme/web:v2') ?? missing('target');
    expect(setImages(files, [target]).files).toEqual([
      { path: 'prod/kustomization.yaml', content: 'images: [{name: acme/web, newTag: v2}]\n' },
    ]);
  });

  test('changes name file, line, path, from and to', () => {
    const target = parseImageTarget('acme/web:v2') ?? missing('target');
    const { changes } = setImages(
      [{ path: 'k.yaml', content: Buffer.from('images:\n  - name: acme/web\n    newTag: 1.10\n') }],
      [target],
    );
    expect(changes).toEqual([
      { file: 'k.yaml', line: 3, path: 'images[0].newTag', from: '1.10', to: 'v2', result: 'updated' },
    ]);
  });

  test('applying twice changes nothing', () => {
    const once = set('image: acme/web:v1\n', 'acme/web:1.10');
    expect(once).toBe('image: acme/web:1.10\n');
    expect(set(once, 'acme/web:1.10')).toBe(once);
  });
});

describe('refusals with file and line, nothing written', () => {
  test.each([
    [
      'no match',
      'image: other:v1\n',
      'acme/web:v2',
      'No place in a.yaml holds the image acme/web; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.',
    ],
    [
      'no entry',
      'images: [{name: x, newTag: y}]\n',
      'web=acme/web:v2',
      'No place in a.yaml holds an images entry with the name "web"',
    ],
    [
      'alias',
      'a: &i acme/web:v1\nimage: *i\n',
      'acme/web:v2',
      'a.yaml:1: a carries the anchor &i, and its aliases would change with it; nothing was written.',
    ],
    [
      'alias at a tag',
      'a: &t v1\nimage: {repository: acme/web, tag: *t}\n',
      'acme/web:v2',
      'a.yaml:2: image.tag is the alias *t, and changing it would change its anchor; write the value out; nothing was written.',
    ],
    [
      'block',
      'image: |-\n  acme/web:v1\n',
      'acme/web:v2',
      'a.yaml:1: image is a block of text (| or >); write it on one line; nothing was written.',
    ],
    [
      'duplicate keys',
      'image: acme/web:v1\nimage: acme/web:v1\n',
      'acme/web:v2',
      'a.yaml:2: not valid YAML (Map keys must be unique); nothing was written.',
    ],
    [
      'tab',
      'a:\n\tb: acme/web:v1\n',
      'acme/web:v2',
      'a.yaml:2: not valid YAML (Tabs are not allowed as indentation); nothing was written.',
    ],
    [
      'template',
      'image: acme/web:v1\n{{- if .Values.x }}\nb: 1\n{{- end }}\n',
      'acme/web:v2',
      'this is a template, not YAML; set the image in the values file that the template reads.',
    ],
    [
      'stale digest',
      `image: acme/web:v1@${OLD_DIGEST}\n`,
      'acme/web:v2',
      'a.yaml:1: image pins a digest, which would win over the new tag; pass acme/web:v2@sha256:… with its digest. Nothing was written.',
    ],
    [
      'no place for a digest',
      'image: {repository: acme/web, tag: v1}\n',
      `acme/web:v2@${DIGEST}`,
      'a.yaml:1: image.tag has no "digest" beside it',
    ],
    [
      'digest only for a tag',
      'image: {repository: acme/web, tag: v1}\n',
      `acme/web@${DIGEST}`,
      'a.yaml:1: image.tag is a tag, and the new reference has none; pass acme/web with tag and digest. Nothing was written.',
    ],
    ['deep nesting', `x: acme/web:v1\ny: ${'['.repeat(20_000)}`, 'acme/web:v2', 'a.yaml'],
  ])('%s', (_name, text, image, message) => {
    expect(() => set(text, image)).toThrow(message);
  });

  test('bytes that are not UTF-8', () => {
    const target = parseImageTarget('acme/web:v2') ?? missing('target');
    const content = Buffer.concat([Buffer.from('image: acme/web:v1 # '), Buffer.from([0xff])]);
    expect(() => setImages([{ path: 'a.yaml', content }], [target])).toThrow(
      'a.yaml is not UTF-8 text; only YAML and JSON in UTF-8 are edited.',
    );
  });

  test('a small text that would expand to gigabytes is not expanded', () => {
    const bomb = [
      'a: &a [x, x, x]',
      ...'bcdefghijk'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefghij'[i]}, `.repeat(9)}]`),
      'image: acme/web:v1',
      '',
    ].join('\n');
    expect(set(bomb, 'acme/web:v2')).toBe(bomb.replace('acme/web:v1', 'acme/web:v2'));
  });
});
