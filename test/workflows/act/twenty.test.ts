import type { PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { previewsOf, running, tagsOf, VALUES } from './monorepo.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 600_000;
const NAMES = Array.from({ length: 20 }, (_, index) => `s${String(index + 1).padStart(2, '0')}`);
const OVERLAY = 'apps/shop/overlays/staging/kustomization.yaml';

describeOn(['act', 'crane'], 'a matrix of 20 services', () => {
  let scene: Scene;
  let pull: PullRequest;
  beforeAll(async () => {
    const files = NAMES.map((name) => [`${name}/Dockerfile`, 'FROM scratch\n'] as const);
    scene = await buildScene({ files: Object.fromEntries(files) });
    const images = NAMES.map((name) => `  - { name: ${scene.registry.host}/acme/${name}, newTag: none }\n`);
    await scene.gitops.commit('main', { [OVERLAY]: `images:\n${images.join('')}` });
    const changed = NAMES.map((name) => [`${name}/index.html`, 'new'] as const);
    pull = await scene.shop.openPullRequest({ head: 'all', files: Object.fromEntries(changed) });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  /** All of them backends. */
  const twenty = (text: string) => {
    const list = JSON.stringify(NAMES.map((name) => ({ name, context: name })));
    const [frontends, backends] = [/\[\s*\{"name": "web"[^\]]*\]/, /\[\s*\{"name": "orders"[^\]]*\]/];
    const replaced = text.replace(frontends, '[]').replace(backends, list);
    return Object.entries(VALUES).reduce((result, [from, to]) => result.replaceAll(from, to), replaced);
  };
  const writesTo = (part: string) =>
    scene.github.requests().filter(({ route, body }) => `${route} ${JSON.stringify(body)}`.includes(part))
      .length;

  test(
    'on a pull request: twenty images and previews, and one comment',
    async () => {
      scene.github.clearRequests();
      const ran = await scene.start(
        'monorepo',
        { event: 'pull_request', about: { pullRequest: pull } },
        twenty,
      );
      expectJobs(
        { ...ran, jobs: ran.jobs.filter(({ name }) => !name.includes(' / ')) },
        {
          frontend: 'success',
          backend: 'success',
          deliver: 'skipped',
        },
      );
      const tag = `pr-1-1-${(await pull.headSha()).slice(0, 7)}`;
      expect(await previewsOf(scene)).toEqual(NAMES.map((name) => `pr-1-${name}`));
      for (const name of NAMES) {
        expect(tagsOf(scene, name)).toEqual([tag]);
        expect(running(scene, `pr-1-${name}`)).toBe(`${scene.registry.host}/acme/${name}:${tag}`);
      }
      expect(pull.comments()).toHaveLength(1);
      expect(pull.comments()[0]?.body.match(/Preview of `s\d\d` is ready/g)).toHaveLength(20);
      const requests = scene.github.requests().length;
      // Per service: the preview's commit and its retries against nineteen others, its Deployment, its section.
      expect(requests).toBeLessThan(20 * 20);
    },
    LONGEST,
  );

  test(
    'merged: one commit with twenty images',
    async () => {
      const before = (await scene.gitops.log('main')).length;
      await pull.merge();
      scene.github.clearRequests();
      const ran = await scene.start('monorepo', { event: 'push' }, twenty);
      expect(ran.exitCode).toBe(0);
      expect(outputsOf(jobOf(ran, 'deliver / Deliver')).result).toBe('committed');
      expect(await scene.gitops.log('main')).toHaveLength(before + 1);
      const text = await scene.gitops.read('main', OVERLAY);
      expect(text.match(/newTag: v1\.0\.2-/g)).toHaveLength(20);
      expect(writesTo('createCommitOnBranch')).toBe(1);
    },
    LONGEST,
  );
});
