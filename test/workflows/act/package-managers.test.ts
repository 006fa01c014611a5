import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { jobOf } from './expect-jobs.ts';
import { tagsOf } from './monorepo.ts';
import { LOCKS, SITE_NAMES, SITES } from './package-sites.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
/** What each says of a lock file that no longer fits. */
const REFUSALS = {
  workspace: 'ERR_PNPM_OUTDATED_LOCKFILE',
  classic: 'Your lockfile needs to be updated',
  berry: 'The lockfile would have been modified',
} as const;

describeOn(['act', 'crane'], 'frontends with pnpm and yarn', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene({ files: SITES });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const build = () =>
    scene.call(
      'frontend',
      { event: 'push' },
      {
        inputs: {
          services: JSON.stringify(SITE_NAMES.map((name) => ({ name, context: name }))),
          'image-prefix': `${scene.registry.host}/acme`,
        },
      },
    );
  const programs = (name: string) => scene.doubles.madeBy(name).map(({ args }) => args.join(' '));

  test(
    'each is installed as its lock file says, and its scripts run',
    async () => {
      const ran = await build();
      expect(ran.jobs.filter(({ result }) => result === 'failure').map(({ log }) => log)).toEqual([]);
      for (const name of SITE_NAMES) {
        const check = jobOf(ran, `call / ${name} / Check`);
        for (const script of ['lint', 'test', 'build']) expect(check.log).toContain(`${name}: ${script}`);
        expect(tagsOf(scene, name)).toHaveLength(1);
      }
      expect(programs('pnpm')).toEqual(['install --frozen-lockfile', 'run lint', 'run test', 'run build']);
      expect(programs('yarn')).toEqual(
        expect.arrayContaining(['install --frozen-lockfile', 'install --immutable']),
      );
    },
    LONGEST,
  );

  test(
    'a lock file that no longer fits: red, and no image',
    async () => {
      const stale = Object.entries(LOCKS).map(([path, text]) => [path, text.replaceAll('tool', 'gone')]);
      await scene.shop.commit('main', Object.fromEntries(stale));
      const ran = await build();
      for (const name of SITE_NAMES) {
        expect(jobOf(ran, `call / ${name} / Check`).result).toBe('failure');
        expect(jobOf(ran, `call / ${name} / Check`).log).toContain(REFUSALS[name]);
        expect(tagsOf(scene, name)).toHaveLength(1);
      }
    },
    LONGEST,
  );

  test(
    'pnpm without a version in package.json: what to do is said',
    async () => {
      await scene.shop.commit('main', { 'package.json': JSON.stringify({ name: 'shop', private: true }) });
      const { log } = jobOf(await build(), 'call / workspace / Check');
      expect(log).toContain('No pnpm version is specified. Please specify it in "packageManager"');
    },
    LONGEST,
  );
});
