import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { tagsOf } from './monorepo.ts';
import type { RunOptions } from './runs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const IMAGE = 'call / orders / Image';
const LOGIN = { username: 'robot', password: 'a long word' };

describeOn(['act', 'crane'], 'images on their way into the registry', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene({ registryAuth: LOGIN });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const build = (inputs: Readonly<Record<string, unknown>>, options: Partial<RunOptions> = {}) =>
    scene.call(
      'backend',
      {
        event: 'push',
        secrets: { 'registry-username': LOGIN.username, 'registry-password': LOGIN.password },
        ...options,
      },
      {
        inputs: {
          services: JSON.stringify([{ name: 'orders', context: 'orders' }]),
          ...{ 'image-prefix': `${scene.registry.host}/acme`, registry: scene.registry.host },
          ...{ 'registry-login': 'password', ...inputs },
        },
        secrets: ['registry-username', 'registry-password'],
      },
    );
  const built = () => scene.doubles.made.filter(({ name }) => name === 'docker/build-push-action').length;
  const digest = (tag: string) => scene.registry.tags('acme/orders')[tag];

  test(
    "the job's own token is not a login everywhere: nothing is pushed, and no image is given back",
    async () => {
      const ran = await build({ 'registry-login': 'job-token' });
      expect(jobOf(ran, IMAGE).result).toBe('failure');
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
      const attest = scene.doubles.made.findLast(({ name }) => name === 'actions/attest');
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
    'Azure without its ids: what is missing is named',
    async () => {
      const ran = await build({ 'registry-login': 'azure' });
      expect(jobOf(ran, IMAGE).log).toContain('Ensure client-id, tenant-id, subscription-id are supplied');
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
