import { describe, expect, test } from '@jest/globals';
import { mapTexts, setImage } from '../../src/preview/kustomize-image.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const object = (spec: object, kind = 'Deployment') => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web' },
  spec,
});
const pods = (...images: string[]) =>
  object({ template: { spec: { containers: images.map((image) => ({ image })) } } });

describe('the image of a preview', () => {
  test.each([
    ['acme/web:old', 'acme/web:1e5', 'acme/web:1e5'],
    ['acme/web', 'acme/web:v2', 'acme/web:v2'],
    ['docker.io/acme/web:old', 'acme/web:v2', 'docker.io/acme/web:v2'],
    [`acme/web@${DIGEST}`, 'acme/web:v2', 'acme/web:v2'],
    [`acme/web:old@${DIGEST}`, `acme/web:v2@${OTHER}`, `acme/web:v2@${OTHER}`],
    ['acme/web:old', `acme/web@${OTHER}`, `acme/web@${OTHER}`],
  ])('%s becomes by %s %s', (old, image, expected) => {
    expect(setImage([pods(old, 'redis:7')], image)).toEqual([pods(expected, 'redis:7')]);
  });

  test('in kinds of any shape, and in several objects of one name', () => {
    const workflow = object({ templates: [{ container: { image: 'acme/web:old' } }] }, 'WorkflowTemplate');
    const release = object({ values: { image: { repository: 'acme/web', tag: 'old' } } }, 'HelmRelease');
    const cron = object(
      { jobTemplate: { spec: { template: { spec: { initContainers: [{ image: 'acme/web:old' }] } } } } },
      'CronJob',
    );
    const [first, second, third] = setImage([workflow, release, cron], 'acme/web:0123');
    expect(first).toEqual(
      object({ templates: [{ container: { image: 'acme/web:0123' } }] }, 'WorkflowTemplate'),
    );
    expect(second).toEqual(
      object({ values: { image: { repository: 'acme/web', tag: '0123' } } }, 'HelmRelease'),
    );
    expect(JSON.stringify(third)).toContain('"acme/web:0123"');
  });

  test('objects of one kind and name in two groups are kept apart', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: {} };
    const knative = { ...service, apiVersion: 'serving.knative.dev/v1', spec: { image: 'acme/web:old' } };
    expect(setImage([service, knative], 'acme/web:v2')).toEqual([
      service,
      { ...knative, spec: { image: 'acme/web:v2' } },
    ]);
  });

  test('an image that nothing names is refused with those that are named', () => {
    const objects = [pods('acme/api:1', 'redis:7@nothing', 'nginx')];
    expect(() => setImage(objects, 'acme/web:v2')).toThrow(
      'Input "image" is of acme/web, which no object of the overlay names; it names acme/api, nginx. Nothing was changed;',
    );
    expect(() => setImage([object({})], 'acme/web:v2')).toThrow('it names no image.');
  });

  test('values that are no texts stay what they are', () => {
    const spec = { replicas: 2, ratio: 0.5, on: true, off: null, list: ['1e5', 'yes', '012'] };
    const before = { ...pods('acme/web:old'), data: spec };
    expect(setImage([before], 'acme/web:v2')).toEqual([{ ...pods('acme/web:v2'), data: spec }]);
  });
});

test('texts are changed at any depth, keys are not', () => {
  expect(mapTexts({ a: ['a', { a: 'a' }], n: 1, z: null }, (text) => `${text}!`)).toEqual({
    a: ['a!', { a: 'a!' }],
    n: 1,
    z: null,
  });
});
