import { type Cluster, enginePath, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { deliver, gitTags, slackTexts } from './delivery-calls.ts';
import { overlayOf, runningTags, startEnvironments, starterSecrets, writtenTags } from './environments.ts';
import { jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 300_000;
const ENGINES = ['act', 'crane', 'kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];

/** What a team replaces in backend.yml that tags what runs in dev. */
const TAGGED = {
  'docker build --target test .': 'test -s Dockerfile',
  'preview-engine: helm': 'version-from: tags\n      format: v{{version}}\n      preview-engine: helm',
  'apps/orders/overlays/staging': 'apps/shop/overlays/dev',
  'environment: staging': 'environment: dev',
  'application: orders #':
    'tag: v${{ needs.backend.outputs.version }}\n      release-notes: ${{ needs.backend.outputs.release-notes }}\n      application: shop-dev #',
};

describeOn(ENGINES, 'what becomes of a release by its verdict', () => {
  let scene: Scene;
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    const files = { Dockerfile: 'FROM scratch\n' };
    scene = await buildScene({ files, env: { PATH: enginePath(['kubernetes']) } });
    await startEnvironments(cluster, scene);
    const [web = ''] = await writtenTags(scene, 'dev');
    await scene.registry.push('acme/web', web);
    await scene.shop.tag('v1.0.3');
    await scene.shop.commit('main', { basket: 'one' }, { message: 'feat: a basket' });
  }, LONGEST);
  afterAll(() => cluster?.close());
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const start = (runAttempt: number) =>
    scene.start(
      'backend',
      { event: 'push', secrets: starterSecrets(scene, cluster), runNumber: 7, runAttempt },
      TAGGED,
    );
  const head = () => scene.gitops.head('main');
  const tokensMade = () => scene.doubles.madeBy('actions/create-github-app-token').length;

  test(
    'healthy: its commit has the tag and the GitHub Release, with what changed',
    async () => {
      const ran = await start(1);
      expect(outputsOf(jobOf(ran, 'deliver / Verify / Verify')).verdict).toBe('healthy');
      expect(ran.exitCode).toBe(0);
      expect((await runningTags(cluster, 'dev'))[1]).toBe('v1.1.0');
      expect((await gitTags(scene))['v1.1.0']).toBe(await scene.shop.head('main'));
      expect([...scene.releases.keys()]).toEqual(['v1.1.0']);
      expect(scene.releases.get('v1.1.0')?.body).toContain('a basket');
    },
    LONGEST,
  );

  test(
    'started again: looked at again, and nothing written, in Git or in the notes',
    async () => {
      const before = { head: await head(), tags: await gitTags(scene) };
      scene.releases.set('v1.1.0', { body: 'edited by hand', revisions: 1 });
      const ran = await start(2);
      expect(ran.exitCode).toBe(0);
      expect(outputsOf(jobOf(ran, 'deliver / Deliver')).result).toBe('unchanged');
      expect(outputsOf(jobOf(ran, 'deliver / Verify / Verify')).verdict).toBe('healthy');
      expect({ head: await head(), tags: await gitTags(scene) }).toEqual(before);
      expect(scene.releases.get('v1.1.0')).toEqual({ body: 'edited by hand', revisions: 1 });
    },
    LONGEST,
  );

  /** The end of its id tells the cluster what becomes of its pods. */
  const bad = (inputs: Readonly<Record<string, unknown>>) =>
    deliver(scene, cluster, 'v1.2.0-crash-loop', { tag: 'v1.2.0', rollback: true, ...inputs });

  test(
    'degraded after a migration: it stays, and the log says how to go back; no tag',
    async () => {
      const tags = await gitTags(scene);
      const ran = await bad({ migration: true });
      expect(ran.exitCode).toBe(1);
      const { verdict, rollback } = outputsOf(jobOf(ran, 'outputs'));
      expect({ verdict, rollback }).toEqual({ verdict: 'degraded', rollback: 'skipped' });
      expect(jobOf(ran, 'call / Verify / Verify').log).toMatch(
        /::warning::.*migrated a database, which a rollback does not undo; set "after-migration: true"/,
      );
      expect((await writtenTags(scene, 'dev'))[1]).toBe('v1.2.0-crash-loop');
      expect(slackTexts(scene)).toEqual([expect.stringMatching(/: degraded, rollback skipped /)]);
      expect(jobOf(ran, 'call / GitHub Release').result).toBe('skipped');
      expect(await gitTags(scene)).toEqual(tags);
    },
    LONGEST,
  );

  test(
    'the same with after-migration: the release before is back, written with a token of its own',
    async () => {
      const before = tokensMade();
      const ran = await bad({ migration: true, 'after-migration': true });
      expect(ran.exitCode).toBe(1);
      // To write, to look, and to write back an hour later.
      expect(tokensMade() - before).toBe(3);
      expect(outputsOf(jobOf(ran, 'outputs'))).toMatchObject({ verdict: 'degraded', rollback: 'committed' });
      expect((await writtenTags(scene, 'dev'))[1]).toBe('v1.1.0');
      const text = await scene.gitops.read('main', overlayOf('dev'));
      expect(text).toContain('# gitops-actions: blocked v1.2.0-crash-loop');
      expect([...scene.releases.keys()]).toEqual(['v1.1.0']);
    },
    LONGEST,
  );
});
