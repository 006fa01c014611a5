import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { buildOrders, IMAGE, LOGIN } from './build-call.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

describeOn(['act', 'crane'], 'a registry that lets no tag be moved', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene({ registryAuth: LOGIN });
    // What Amazon's registry says: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
    scene.registry.inject({
      match: ({ method, path }) =>
        method === 'PUT' && tags()[/\/acme\/orders\/manifests\/([^:]+)$/.exec(path)?.[1] ?? ''] !== undefined,
      status: 400,
      body: { errors: [{ code: 'TAG_INVALID', message: 'The image tag cannot be overwritten: immutable' }] },
    });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const tags = () => scene.registry.tags('acme/orders');

  test(
    'a second attempt of the run takes the image that the first one left',
    async () => {
      const first = await buildOrders(scene, {}, { runNumber: 7 });
      expect(first.exitCode).toBe(0);
      const before = tags();
      const again = await buildOrders(scene, {}, { runNumber: 7, runAttempt: 2 });
      expect(again.exitCode).toBe(0);
      expect(tags()).toEqual(before);
      expect(outputsOf(jobOf(again, 'outputs')).images).toBe(outputsOf(jobOf(first, 'outputs')).images);
    },
    LONGEST,
  );

  test(
    'the tag of another commit: the run is red, says whose it is, and gives no image back',
    async () => {
      const inputs = { format: 'v1.0.{{run_number}}' };
      expect((await buildOrders(scene, inputs, { runNumber: 8 })).exitCode).toBe(0);
      const before = tags();
      await scene.shop.commit('main', { 'orders/index.html': 'newer' });
      const ran = await buildOrders(scene, inputs, { runNumber: 8 });
      expect(jobOf(ran, IMAGE).result).toBe('failure');
      expect(jobOf(ran, IMAGE).log).toContain('TAG_INVALID');
      expect(jobOf(ran, IMAGE).log).toContain(
        `/acme/orders:v1.0.8 is the image of another commit already, and the registry did not move the tag; write {{run_number}} or {{sha}}`,
      );
      expect(outputsOf(jobOf(ran, 'outputs')).images).toBe('');
      expect(tags()).toEqual(before);
    },
    LONGEST,
  );
});
