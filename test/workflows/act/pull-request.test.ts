import type { EventPayload, PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs } from './expect-jobs.ts';
import {
  buildMonorepo,
  deploymentStates,
  previewsOf,
  running,
  serviceJobs,
  tagsOf,
  VALUES,
} from './monorepo.ts';
import type { Scene } from './scene.ts';

const LONGEST = 180_000;

describeOn(['act', 'crane'], 'a pull request, from its first commit to its end', () => {
  let scene: Scene;
  let pull: PullRequest;
  let early: EventPayload;
  beforeAll(async () => {
    scene = await buildMonorepo();
    const files = { 'web/index.html': '<p>new</p>', 'orders/index.html': '<p>new</p>' };
    pull = await scene.shop.openPullRequest({ head: 'feature', files });
    early = scene.github.event('pull_request', { repository: scene.shop, pullRequest: pull });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const run = (runNumber: number, payload?: EventPayload) =>
    scene.start(
      'monorepo',
      { event: 'pull_request', about: { pullRequest: pull }, runNumber, ...(payload && { payload }) },
      VALUES,
    );
  const id = async (runNumber: number) => `pr-1-${runNumber}-${(await pull.headSha()).slice(0, 7)}`;
  const image = (service: string, tag: string) => `${scene.registry.host}/acme/${service}:${tag}`;

  test(
    'two of three services changed: two images, two previews, one comment with two sections',
    async () => {
      expectJobs(await run(1), {
        'frontend / Plan': 'success',
        'frontend / Say what is lost': 'skipped',
        ...serviceJobs('frontend', 'web'),
        frontend: 'success',
        'backend / Plan': 'success',
        'backend / Say what is lost': 'skipped',
        ...serviceJobs('backend', 'orders'),
        backend: 'success',
        deliver: 'skipped',
      });
      const tag = await id(1);
      expect(['web', 'orders', 'payments'].map((service) => tagsOf(scene, service))).toEqual([
        [tag],
        [tag],
        [],
      ]);
      expect(await previewsOf(scene)).toEqual(['pr-1-orders', 'pr-1-web']);
      for (const service of ['web', 'orders'])
        expect(running(scene, `pr-1-${service}`)).toBe(image(service, tag));
      const [comment, ...others] = pull.comments();
      expect(others).toEqual([]);
      expect(comment?.body.match(/Preview of `\w+` is ready/g)?.sort()).toEqual([
        'Preview of `orders` is ready',
        'Preview of `web` is ready',
      ]);
      expect(deploymentStates(scene.github)).toEqual(['success', 'success']);
    },
    LONGEST,
  );

  test(
    'a new commit takes the place of the one before it, in the same comment',
    async () => {
      const before = pull.comments();
      await pull.push({ 'orders/index.html': '<p>newer</p>' });
      expect((await run(3)).exitCode).toBe(0);
      const tag = await id(3);
      expect(running(scene, 'pr-1-orders')).toBe(image('orders', tag));
      expect(running(scene, 'pr-1-web')).toBe(image('web', tag));
      expect(pull.comments().map((comment) => comment.id)).toEqual(before.map((comment) => comment.id));
      expect(pull.comments()[0]?.body.split(tag)).toHaveLength(3);
    },
    LONGEST,
  );

  test(
    'a run of the commit before that ends last changes nothing',
    async () => {
      const [before] = pull.comments();
      const head = await scene.gitops.head('main');
      expect((await run(2, early)).exitCode).toBe(0);
      expect(await scene.gitops.head('main')).toBe(head);
      expect(running(scene, 'pr-1-orders')).toBe(image('orders', await id(3)));
      expect(pull.comments()[0]?.body).toBe(before?.body);
    },
    LONGEST,
  );

  test(
    'closed: nothing is left, and the comment says so',
    async () => {
      await pull.close();
      const about = { pullRequest: pull, action: 'closed' };
      const ran = await scene.start('previews-cleanup', { event: 'pull_request_target', about });
      expectJobs(ran, { 'cleanup / Clean up previews': 'success', cleanup: 'success' });
      expect(await previewsOf(scene)).toEqual([]);
      expect(pull.comments()).toHaveLength(1);
      for (const service of ['web', 'orders'])
        expect(pull.comments()[0]?.body).toContain(`Preview of \`${service}\` is removed`);
      expect(new Set(deploymentStates(scene.github))).toEqual(new Set(['inactive']));
    },
    LONGEST,
  );
});
