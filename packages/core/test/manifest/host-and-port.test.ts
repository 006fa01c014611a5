import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseImageReference } from '../../src/image/index.ts';
import { readImages } from '../../src/manifest/index.ts';
import { editFiles, editText } from './edited.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const read = (text: string) => readImages([{ path: 'a.yaml', content: Buffer.from(text) }]);

describe('a host and its port is no image', () => {
  test.each([
    ['under a key', 'url: redis:6379\n'],
    ['in quotes', 'url: "redis:6379"\n'],
    ['in a list', 'hosts: [redis:6379, redis:6380]\n'],
    ['of a variable', 'env: [{name: REDIS_ADDRESS, value: redis:6379}]\n'],
    ['an argument', 'args: ["redis=redis:6379"]\n'],
    ['of another namespace', 'url: redis.default.svc:6379\n'],
    ['in a text that is YAML', 'config: |\n  url: redis:6379\n'],
    ['the highest port', 'url: redis:65535\n'],
    ['beside the image, two levels down', 'image: {extra: {url: redis:6379}}\n'],
    ['of what only begins with image', 'imageProxy: redis:6379\n'],
  ])('%s', (_name, text) => {
    const name = text.includes('.svc') ? 'redis.default.svc' : 'redis';
    expect(read(text)).toEqual([]);
    const place = `image: ${name}:7\n---\n`;
    expect(editText(place + text, { images: [`${name}:8`] })).toBe(`image: ${name}:8\n---\n${text}`);
  });
});

describe('what looks like one and is an image', () => {
  test.each([
    ['by its key', 'image: redis:7\n'],
    ['by the end of its key', 'redisImage: redis:7\n'],
    ['by its key in capitals', 'data: {REDIS_IMAGE: "redis:7"}\n'],
    ['by its key with a noun', 'imageRef: redis:7\n'],
    ['by the list it stands in', 'images: [redis:7]\n'],
    ['by the map it stands in', 'images: {cache: redis:7}\n'],
    ['by a name below its key', 'image: {name: redis:7}\n'],
    ['a variable', 'env: [{name: REDIS_IMAGE, value: redis:7}]\n'],
    ['a parameter', 'parameters: [{name: image, value: redis:7}]\n'],
    ['the default of a parameter', 'params: [{name: cache-image, default: redis:7}]\n'],
    ['a patch', '[{op: replace, path: /spec/containers/0/image, value: redis:7}]\n'],
    ['by an alias', 'x: &x redis:7\nimage: *x\n'],
    ['an entry of Kustomize', 'images: [cache=redis:7]\n'],
    ['a tag that is no number', 'cache: redis:v7\n'],
    ['a tag with a dot', 'cache: redis:7.2\n'],
    ['a tag that no port can be', 'cache: redis:65536\n'],
    ['a date', 'cache: redis:20261121\n'],
    ['with a digest', `cache: redis:7@${DIGEST}\n`],
    ['a name with a slash', 'cache: acme/redis:7\n'],
    ['a name with a registry', 'cache: localhost:5000/redis:7\n'],
    ['Docker Hub spelled out', 'cache: docker.io/library/redis:7\n'],
  ])('%s', (_name, text) => {
    const [image] = read(text);
    if (image === undefined) throw new Error('no image');
    const { written, digest } = image.reference;
    const next = `${written}:v8${digest === undefined ? '' : `@${DIGEST}`}`;
    // What an alias stands for is refused where the alias stands; it was found.
    const edit = () => editText(text, { images: [next] });
    if (text.includes('*x')) expect(edit).toThrow(/image/);
    else expect(edit()).toContain(next);
  });
});

test('an image that only stands where an address could is not found, and the error says why', () => {
  const edit = () =>
    editFiles({ 'a.yaml': 'a: 1\n---\nservice: {container: redis:7}\n' }, { images: ['redis:8'] });
  expect(edit).toThrow(
    'No place in a.yaml holds the image redis (a.yaml:3: service.container is taken for a host and its port, because its key does not say "image"); add it there once by hand, or correct the inputs "path" and "images". Nothing was written.',
  );
});

const keys = fc.constantFrom('url', 'image', 'redisImage', 'imageRef', 'cache', 'images', 'imageProxy');
const names = fc.constantFrom('redis', 'redis.svc', 'acme/redis', 'ghcr.io/acme/redis', 'localhost:80/redis');
const tags = fc.oneof(fc.nat(70_000).map(String), fc.constantFrom('v7', '7.2', 'latest', '007'));

test('what is read is what is written, and nothing else', () => {
  fc.assert(
    fc.property(keys, keys, names, tags, fc.boolean(), (outer, key, name, tag, hasDigest) => {
      const text = `${name}:${tag}${hasDigest ? `@${DIGEST}` : ''}`;
      const file = `${outer}:\n  ${key}: "${text}"\n---\nimage: ${name}:old@${DIGEST}\n`;
      const isRead = read(file).length === 2;
      const next = `${name}:new@${DIGEST}`;
      expect(editText(file, { images: [next] })).toBe(
        `${outer}:\n  ${key}: "${isRead ? next : text}"\n---\nimage: ${next}\n`,
      );
      const saysImage = [outer, key].some((one) => one !== 'imageProxy' && /image/i.test(one));
      const couldBePort = /^\d{1,5}$/.test(tag) && Number(tag) <= 65_535;
      expect(isRead).toBe(saysImage || hasDigest || name.includes('/') || !couldBePort);
      expect(parseImageReference(text)).toBeDefined();
    }),
  );
});
