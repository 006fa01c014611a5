import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { buildOrders, IMAGE, LOGIN } from './build-call.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { tagsOf } from './monorepo.ts';
import type { RunOptions } from './runs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

describeOn(['act', 'crane'], 'images on their way into the registry', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene({ registryAuth: LOGIN });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const build = (inputs: Readonly<Record<string, unknown>>, options: Partial<RunOptions> = {}) =>
    buildOrders(scene, inputs, options);
  const built = () => scene.doubles.madeBy('docker/build-push-action').length;
  const digest = (tag: string) => scene.registry.tags('acme/orders')[tag];

  test(
    "the job's own token is sent to no other registry, and no image is given back",
    async () => {
      const ran = await build({ 'registry-login': 'job-token' });
      expect(jobOf(ran, IMAGE).result).toBe('failure');
      expect(jobOf(ran, IMAGE).log).toContain(
        `The token of the job opens ghcr.io and is not sent to "${scene.registry.host}"; write password, azure or none`,
      );
      expect(scene.doubles.madeBy('docker/login-action')).toEqual([]);
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({ images: '' });
      expect(tagsOf(scene, 'orders')).toEqual([]);
    },
    LONGEST,
  );

  test.each([
    ['user', { 'registry-username': '' }, {}, 'The input registry-username is empty'],
    ['password', {}, { secrets: {} }, 'The secret registry_password is empty'],
  ])(
    'no %s: the sentence names it, and the token of the job does not take its place',
    async (_, inputs, options, sentence) => {
      const ran = await build(inputs, options);
      expect(jobOf(ran, IMAGE).log).toContain(sentence);
      expect(scene.doubles.madeBy('docker/login-action')).toEqual([]);
      expect(tagsOf(scene, 'orders')).toEqual([]);
    },
    LONGEST,
  );

  test(
    'a wrong password: the registry refuses it, and no image is given back',
    async () => {
      const ran = await build({}, { secrets: { registry_password: 'another word' } });
      expect(jobOf(ran, IMAGE).log).toMatch(/UNAUTHORIZED|DENIED|401/);
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({ images: '' });
      expect(tagsOf(scene, 'orders')).toEqual([]);
    },
    LONGEST,
  );

  test(
    'user and password: pushed by digest, scanned, signed, and only then tagged',
    async () => {
      const ran = await build({}, { runNumber: 7 });
      expect(ran.exitCode).toBe(0);
      const [tag = ''] = tagsOf(scene, 'orders');
      expect(tag).toMatch(/^v1\.0\.7-/);
      expect(digest(tag)).toBe(outputsOf(jobOf(ran, IMAGE)).digest);
      const order = scene.doubles.made.filter(({ job }) => job === 'build').map(({ name }) => name);
      expect(order.slice(-4)).toEqual([
        'docker/build-push-action',
        'aquasecurity/trivy-action',
        'actions/attest',
        'docker',
      ]);
      const attest = scene.doubles.madeBy('actions/attest').at(-1);
      expect(attest?.inputs['SUBJECT-DIGEST']).toBe(digest(tag));
      expect(outputsOf(jobOf(ran, 'outputs')).images).toBe(`${scene.registry.host}/acme/orders:${tag}`);
    },
    LONGEST,
  );

  test(
    'a second attempt takes the image of the first one, and writes no tag',
    async () => {
      const before = [built(), scene.registry.requests().length];
      const ran = await build({}, { runNumber: 7, runAttempt: 2 });
      expect(ran.exitCode).toBe(0);
      const since = scene.registry.requests().slice(before[1]);
      expect(built()).toBe(before[0]);
      expect(since.filter(({ method }) => method === 'PUT')).toEqual([]);
      expect(outputsOf(jobOf(ran, 'outputs')).images).not.toBe('');
    },
    LONGEST,
  );

  test(
    'an image of another commit that has the tag already is not taken for this one',
    async () => {
      const sha = (await scene.shop.head('main')).slice(0, 7);
      await scene.registry.push('acme/orders', `v1.0.8-${sha}`, {
        labels: { 'org.opencontainers.image.revision': '0'.repeat(40) },
      });
      const before = digest(`v1.0.8-${sha}`);
      const ran = await build({}, { runNumber: 8 });
      expect(ran.exitCode).toBe(0);
      expect(digest(`v1.0.8-${sha}`)).not.toBe(before);
      expect(digest(`v1.0.8-${sha}`)).toBe(outputsOf(jobOf(ran, IMAGE)).digest);
    },
    LONGEST,
  );

  test(
    'unsigned and unscanned when asked',
    async () => {
      const before = scene.doubles.made.length;
      const ran = await build({ provenance: 'false', 'scan-severity': '' }, { runNumber: 9 });
      expect(ran.exitCode).toBe(0);
      const names = scene.doubles.made.slice(before).map(({ name }) => name);
      expect(names).toContain('docker/build-push-action');
      expect(names).not.toContain('actions/attest');
      expect(names).not.toContain('aquasecurity/trivy-action');
    },
    LONGEST,
  );
});
