import { parseImageReference } from '@gitops-actions/core/image';
import { expect, test } from '@jest/globals';
import { written } from '../src/running-images.ts';
import { Passed } from '../src/workload-passed.ts';

const expected = (...texts: readonly string[]) => texts.flatMap((text) => parseImageReference(text) ?? []);
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Specs of one workload, look by look: what took the place of which image in each. */
function looks(images: readonly string[], ...specs: readonly (readonly string[])[]): readonly string[] {
  const passed = new Passed(expected(...images));
  return specs.map((spec) =>
    passed
      .look({ uid: 'a', where: 'Deployment web', images: spec })
      .map(({ image, by }) => `${written(image)} → ${written(by)}`)
      .join(', '),
  );
}

test.each<[string, readonly string[], readonly string[]]>([
  ['ours, then a newer one', ['web:v2', 'web:v3'], ['', 'web:v2 → web:v3']],
  [
    'an older one, then a newer one',
    ['web:v1', 'web:v3', 'web:v4'],
    ['', 'web:v2 → web:v3', 'web:v2 → web:v4'],
  ],
  ['a newer one from the start: ours may be a rollback', ['web:v3', 'web:v3'], ['', '']],
  [
    'a newer one, ours, which was the rollback, and a newer one',
    ['web:v3', 'web:v2', 'web:v4'],
    ['', '', 'web:v2 → web:v4'],
  ],
  [
    'ours took the place of a newer one, which comes back, and then one newer still',
    ['web:v3', 'web:v2', 'web:v3', 'web:v4'],
    ['', '', '', 'web:v2 → web:v4'],
  ],
  ['an older one: not there yet', ['web:v1', 'web:v1'], ['', '']],
  ['ours, then an older one: taken back by hand', ['web:v2', 'web:v1'], ['', '']],
  ['ours, then one without an order', ['web:v2', 'web:blue'], ['', '']],
  ['ours, then its digest', ['web:v2', `web@${DIGEST}`], ['', '']],
  ['ours with its digest', ['web:v2', `web:v2@${DIGEST}`], ['', '']],
  ['another image', ['web:v2', 'api:v3'], ['', '']],
])('%s', (_name, specs, found) => {
  expect(looks(['web:v2'], ...specs.map((spec) => [spec]))).toEqual(found);
});

test('of several images one, and of one in two containers both', () => {
  const images = ['web:v2', 'proxy:v2'];
  expect(looks(images, ['web:v1', 'proxy:v1'], ['web:v3', 'proxy:v2'])).toEqual(['', 'web:v2 → web:v3']);
  expect(looks(images, ['web:v2', 'web:v2'], ['web:v2', 'web:v3'])).toEqual(['', '']);
});

test('another object of that name begins anew', () => {
  const passed = new Passed(expected('web:v2'));
  const look = (uid: string, image: string) =>
    passed.look({ uid, where: 'Deployment web', images: [image] }).length;
  expect([look('a', 'web:v2'), look('b', 'web:v3'), look('a', 'web:v3')]).toEqual([0, 0, 1]);
});
