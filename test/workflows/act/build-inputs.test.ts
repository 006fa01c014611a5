import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { buildOrders, IMAGE, LOGIN } from './build-call.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

const DOCKERFILE = [
  'FROM scratch',
  'ARG VERSION',
  'RUN echo "$VERSION"',
  'RUN --mount=type=secret,id=npm cat /run/secrets/npm',
  '',
].join('\n');

describeOn(['act', 'crane'], 'what a build is given', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene({
      registryAuth: LOGIN,
      files: {
        'secretive/Dockerfile': DOCKERFILE,
        'half/Dockerfile': 'FROM scratch\n',
        'half/vulnerable-CRITICAL-arm64': '',
      },
    });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const made = (name: string) => scene.doubles.madeBy(name);
  const digest = (tag: string) => scene.registry.tags('acme/orders')[tag];
  const secretive = JSON.stringify([{ name: 'orders', context: 'secretive' }]);

  test(
    'the platform of the runner, without an emulator',
    async () => {
      expect((await buildOrders(scene)).exitCode).toBe(0);
      expect(made('docker/setup-qemu-action')).toEqual([]);
    },
    LONGEST,
  );

  test(
    'several platforms: the tag names an index with an image for each, and a second attempt takes it',
    async () => {
      const platforms = { platforms: 'linux/amd64,linux/arm64' };
      const ran = await buildOrders(scene, platforms, { runNumber: 5 });
      expect(ran.exitCode).toBe(0);
      expect(made('docker/setup-qemu-action')).toHaveLength(1);
      const sha = (await scene.shop.head('main')).slice(0, 7);
      const url = `${scene.registry.url}/v2/acme/orders/manifests/v1.0.5-${sha}`;
      const index = await readManifest(scene, url);
      expect(index.manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
      expect(digest(`v1.0.5-${sha}`)).toBe(outputsOf(jobOf(ran, IMAGE)).digest);
      const before = made('docker/build-push-action').length;
      const again = await buildOrders(scene, platforms, { runNumber: 5, runAttempt: 2 });
      expect(again.exitCode).toBe(0);
      expect(made('docker/build-push-action')).toHaveLength(before);
    },
    LONGEST,
  );

  test(
    'each platform is scanned: what is bad in the second keeps the tag away',
    async () => {
      const services = JSON.stringify([{ name: 'orders', context: 'half' }]);
      const ran = await buildOrders(
        scene,
        { services, platforms: 'linux/amd64,linux/arm64' },
        { runNumber: 9 },
      );
      expect(jobOf(ran, IMAGE).log).toMatch(
        /\(linux\/amd64\): 0 vulnerabilities[\s\S]*\(linux\/arm64\): Total: 1/,
      );
      const alone = await buildOrders(scene, { services, platforms: 'linux/arm64' }, { runNumber: 10 });
      expect(jobOf(alone, IMAGE).log).toContain('(linux/arm64): Total: 1 (CRITICAL)');
      expect(Object.keys(scene.registry.tags('acme/orders')).join()).not.toMatch(/v1\.0\.(?:9|10)-/);
    },
    LONGEST,
  );

  test(
    'arguments and secrets reach the build, and no log has a secret that the build prints',
    async () => {
      const secret = 'npm_100%25=of,it';
      const ran = await buildOrders(
        scene,
        { services: secretive, 'build-args': 'VERSION=1,2=3' },
        {
          runNumber: 6,
          secrets: { registry_password: LOGIN.password, build_secrets: `other=word\nnpm=${secret}` },
        },
      );
      expect(ran.exitCode).toBe(0);
      const { log } = jobOf(ran, IMAGE);
      expect(log).toContain('RUN echo "$VERSION"\n1,2=3');
      expect(log).toMatch(/RUN --mount=type=secret,id=npm cat \/run\/secrets\/npm\s+\*\*\*/);
      for (const job of ran.jobs) expect(job.log).not.toContain(secret);
    },
    LONGEST,
  );

  test(
    'without its secret the build fails, and there is no image',
    async () => {
      const ran = await buildOrders(scene, { services: secretive }, { runNumber: 7 });
      expect(jobOf(ran, IMAGE).log).toContain('cat /run/secrets/npm" did not complete successfully');
      expect(Object.keys(scene.registry.tags('acme/orders')).join()).not.toContain('v1.0.7-');
    },
    LONGEST,
  );

  test(
    'an argument of the service wins over that of all',
    async () => {
      const services = JSON.stringify([
        { name: 'orders', context: 'secretive', 'build-args': 'VERSION=of orders' },
      ]);
      const secrets = { registry_password: LOGIN.password, build_secrets: 'npm=word' };
      const ran = await buildOrders(
        scene,
        { services, 'build-args': 'VERSION=of all' },
        { runNumber: 8, secrets },
      );
      expect(jobOf(ran, IMAGE).log).toContain('RUN echo "$VERSION"\nof orders');
    },
    LONGEST,
  );
});

interface Index {
  readonly manifests: readonly { readonly platform: { readonly architecture: string } }[];
}

async function readManifest({ registry }: Scene, url: string): Promise<Index> {
  const scope = `${registry.url}/token?service=registry.loopback&scope=repository:acme/orders:pull`;
  const authorization = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`;
  const issued = (await (await fetch(scope, { headers: { authorization } })).json()) as { token: string };
  const response = await fetch(url, { headers: { authorization: `Bearer ${issued.token}` } });
  return (await response.json()) as Index;
}
