import { expect, test } from '@jest/globals';
import { resolveDigests, verifyImages } from '../../src/registry/index.ts';
import { LOGIN, sentence, startStage } from './stage.ts';

test('every image gets its digest, in the order given, and each is asked for once', async () => {
  await using stage = await startStage();
  const web = await stage.registry.push('acme/web', 'v1');
  const orders = await stage.registry.push('acme/orders', 'v1');
  const images = ['acme/web:v1', 'acme/orders:v1', 'acme/web:v1'].map(stage.image);
  const resolved = await resolveDigests(images, await stage.client());
  expect(resolved).toEqual([
    { ...images[0], digest: web },
    { ...images[1], digest: orders },
    { ...images[2], digest: web },
  ]);
  expect(stage.registry.requests()).toHaveLength(2);
});

test('twenty images are looked up at the same time, eight at most', async () => {
  await using stage = await startStage();
  const names = Array.from({ length: 20 }, (_, n) => `acme/service-${n}`);
  for (const name of names) await stage.registry.push(name, 'v1');
  stage.registry.inject({ match: /manifests/, delay: 50 });
  let waiting = 0;
  let most = 0;
  stage.registry.inject({
    match: () => {
      most = Math.max(most, ++waiting);
      setTimeout(() => waiting--, 45);
      return false;
    },
    delay: 0,
  });
  await verifyImages(
    names.map((name) => stage.image(`${name}:v1`)),
    await stage.client(),
  );
  expect(most).toBe(8);
});

test('nothing to look up asks nobody', async () => {
  await using stage = await startStage();
  expect(await resolveDigests([], await stage.client())).toEqual([]);
  expect(stage.registry.requests()).toEqual([]);
});

test('all missing images are named in one sentence', async () => {
  await using stage = await startStage();
  const { host } = stage.registry;
  await stage.registry.push('acme/web', 'v1');
  const images = ['acme/web:v1', 'acme/orders:v1', 'acme/web:v2'].map(stage.image);
  expect(await sentence(verifyImages(images, await stage.client()))).toBe(
    `ConfigurationError: Images ${host}/acme/orders:v1, ${host}/acme/web:v2 do not exist in the registry; ` +
      'build and push before this step, or correct the name or tag.',
  );
});

test('after a failure no other look-up begins', async () => {
  await using stage = await startStage({ auth: LOGIN });
  const images = Array.from({ length: 30 }, (_, n) => stage.image(`acme/service-${n}:v1`));
  expect(await sentence(verifyImages(images, await stage.client()))).toContain('is not logged in to');
  const asked = new Set(stage.registry.requests().map(({ path }) => path));
  expect(asked.size).toBeLessThanOrEqual(16);
});
