import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseImageReference } from '../../src/image/index.ts';
import { applyPlaces, findPlaces, readImages } from '../../src/manifest/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const file = (text: string, path = 'a.yaml') => ({ path, content: Buffer.from(text) });
const read = (text: string) =>
  readImages([file(text)]).map(({ reference: { written, tag, digest }, certainty }) => [
    `${written}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`,
    certainty,
  ]);
const one = (reference: string) => [[reference, 'certain']];

describe('every form that is found is read', () => {
  test.each([
    ['a container', 'spec: {containers: [{name: web, image: acme/web:v1}]}', 'acme/web:v1'],
    ['a container by digest', `image: acme/web@${DIGEST}`, `acme/web@${DIGEST}`],
    ['a bare image', 'image: nginx', 'nginx'],
    ['Kustomize', 'images: [{name: ghcr.io/acme/web, newTag: v1}]', 'ghcr.io/acme/web:v1'],
    ['a tag that is a number', 'images: [{name: acme/web, newTag: 1.10}]', 'acme/web:1.10'],
    [
      'Kustomize with another name and a digest',
      `images: [{name: web, newName: ghcr.io/acme/web, newTag: v1, digest: "${DIGEST}"}]`,
      `ghcr.io/acme/web:v1@${DIGEST}`,
    ],
    ['values of a chart', 'web: {image: {repository: ghcr.io/acme/web, tag: v1}}', 'ghcr.io/acme/web:v1'],
    ['with a registry', 'image: {registry: ghcr.io, repository: acme/web, tag: v1}', 'ghcr.io/acme/web:v1'],
    [
      'a repository that is whole, beside a name',
      '{name: proxy, repository: envoyproxy/envoy, tag: v1}',
      'envoyproxy/envoy:v1',
    ],
    ['a repository and a name', '{repository: ghcr.io/acme, name: web, tag: v1}', 'ghcr.io/acme/web:v1'],
    ['an image beside its tag', '{image: acme/web, tag: v1}', 'acme/web:v1'],
    ['imageTag', '{imageRepository: acme/web, imageTag: v1}', 'acme/web:v1'],
    ['a tag with a digest in it', `{repository: acme/web, tag: "v1@${DIGEST}"}`, `acme/web:v1@${DIGEST}`],
    ['sha', `{repository: acme/web, tag: v1, sha: ${'a'.repeat(64)}}`, `acme/web:v1@${DIGEST}`],
    [
      'parameters of Argo CD',
      'parameters: [{name: image.repository, value: acme/web}, {name: image.tag, value: v1}]',
      'acme/web:v1',
    ],
    ['kustomize.images', 'images: ["web=ghcr.io/acme/web:v1"]', 'ghcr.io/acme/web:v1'],
    ['kustomize.images without a name', 'images: ["acme/web:v1"]', 'acme/web:v1'],
    ['an alias', 'tag: &t v1\nimage: {repository: acme/web, tag: *t}', 'acme/web:v1'],
  ])('%s', (_name, text, reference) => {
    expect(read(text)).toEqual(one(reference));
  });
});

test.each([
  ['two words', 'role: "user:admin"', [['user:admin', 'doubtful']]],
  ['a path', 'value: acme/web:v1', [['acme/web:v1', 'likely']]],
  ['a registry', 'value: ghcr.io/acme/web:v1', [['ghcr.io/acme/web:v1', 'certain']]],
  ['no image', 'url: https://a.example:80/x\nat: 08:30:00\nref: {tag: v1}\nflag: "--image=a/b:c"', []],
  ['an entry without a version', 'images: [{name: acme/web}]', []],
])('what may be something else: %s', (_name, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('file and line, over documents and files', () => {
  const files = [
    file('image: acme/web:v1\n---\n# two\nimage: acme/web:v2\n'),
    file('image: acme/api:v3\n', 'b.yaml'),
  ];
  expect(readImages(files).map((image) => [image.file, image.line, image.reference.tag])).toEqual([
    ['a.yaml', 1, 'v1'],
    ['a.yaml', 4, 'v2'],
    ['b.yaml', 1, 'v3'],
  ]);
});

test('a template is passed over; a broken file is not', () => {
  expect(read('{{ if .x }}\nimage: {{ .y }}\n{{ end }}')).toEqual([]);
  expect(() => read('image: [')).toThrow(/^a\.yaml:1: not valid YAML/);
});

test('what is written is read again, at every place', () => {
  const tag = fc.stringMatching(/^[a-zA-Z0-9_][\w.-]{0,20}$/);
  const forms = [
    'image: acme/web:old',
    'images: [{name: acme/web, newTag: old}]',
    'image: {repository: acme/web, tag: old}',
    'images: [web=acme/web:old]',
    '{"image": "docker.io/acme/web:old"}',
  ];
  fc.assert(
    fc.property(tag, fc.shuffledSubarray(forms, { minLength: 1 }), (wanted, texts) => {
      const reference = parseImageReference(`acme/web:${wanted}`);
      if (reference === undefined) throw new Error('no reference');
      const files = texts.map((text, index) => file(text, `${index}.yaml`));
      const found = findPlaces(files, { images: [{ reference, kustomizeName: undefined }] });
      const written = new Map(
        applyPlaces(found, () => 'write').files.map(({ path, content }) => [path, content]),
      );
      const after = files.map(({ path, content }) => ({
        path,
        content: Buffer.from(written.get(path) ?? content),
      }));
      const tags = readImages(after).map((image) => [
        image.names.includes(reference.name),
        image.reference.tag,
      ]);
      expect(tags).toEqual(texts.map(() => [true, wanted]));
    }),
  );
});
