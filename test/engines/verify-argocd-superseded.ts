import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type ArgoCdScene, LONGEST, NAMESPACE } from './verify-argocd-scene.ts';
import { deployment } from './workloads.ts';

interface Live {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
  readonly status?: { readonly availableReplicas?: number };
}

/** What verify-deployment says of releases that others replaced, of the Application `web`. */
export function describeSuperseded(given: () => ArgoCdScene): void {
  describe('a release that another one replaced', () => {
    const image = (tag: string) => `ghcr.io/acme/web:${tag}`;
    /** A commit as update-manifest makes it. */
    const deliver = (tag: string, back = '') =>
      given().gitops.commit(
        'main',
        { 'web/deployment.yaml': JSON.stringify(deployment(NAMESPACE, 'web', image(tag))) },
        { message: `Release ${tag}\n\nRelease: ${tag}\n${back && `Rolled-Back: ${back}\n`}Source-Run: x` },
      );
    const verify = (commit: string, images: string) =>
      given().verify({ application: 'web', commit, images, environment: 'production' });
    const live = (name: string) => given().cluster.get<Live>('deployment', NAMESPACE, name);
    /** As whoever verifies the newer release asks. */
    const refresh = () =>
      given().cluster.kubectl(
        ...['annotate', 'applications.argoproj.io', 'web', '-n', 'argocd', '--overwrite'],
        'argocd.argoproj.io/refresh=normal',
      );
    /** Until the cluster has that image. */
    const applied = async (wanted: string) => {
      while ((await live('web'))?.spec.template.spec.containers[0]?.image !== wanted) await sleep(300);
    };
    const stateOf = () => given().shop.deployments().at(-1)?.statuses[0]?.state;

    test.each([
      ['v9', 'v10'],
      ['v11', 'v12-crash-loop'],
    ])(
      '%s before it was ever applied, by %s: unknown, green, at once, and neither healthy nor degraded',
      async (older, newer) => {
        const [commit, later] = [await deliver(older), await deliver(newer)];
        const run = await verify(commit, image(older));
        const reason = `Superseded: ${image(newer)} took the place of ${image(older)} in commit ${later.slice(0, 7)}.`;
        expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'true', reason, commit: later });
        expect(run.exitCode).toBe(0);
        expect(run.annotations).toEqual([{ level: 'notice', message: expect.stringContaining(reason) }]);
        expect(run.summary).toContain('### verify-deployment: superseded');
        expect(run.ms).toBeLessThan(30_000);
        expect(stateOf()).toBe('inactive');
      },
      LONGEST,
    );

    test(
      'while it is waited for: as soon as the newer one comes into the cluster, not before',
      async () => {
        const commit = await deliver('v13-never-ready');
        const running = verify(commit, image('v13-never-ready'));
        await applied(image('v13-never-ready'));
        await given().push({ 'other/note.txt': 'z' });
        await refresh();
        await sleep(1000);
        await deliver('v14');
        await refresh();
        const run = await running;
        expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'true' });
        expect(run.outputs.reason).toMatch(/^Superseded: ghcr\.io\/acme\/web:v14 took the place of /);
      },
      LONGEST,
    );

    test(
      'by a rollback: unknown and red, at once',
      async () => {
        const commit = await deliver('v16');
        await deliver('v15', 'v16');
        const run = await verify(commit, image('v16'));
        expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'false' });
        expect(run.outputs.reason).toContain('and is not known to be a newer release');
        expect(run.exitCode).toBe(1);
        expect(stateOf()).toBe('error');
      },
      LONGEST,
    );

    test(
      'one of two images: the other is waited for, and the release is superseded, not healthy',
      async () => {
        const api = (tag: string) => JSON.stringify(deployment(NAMESPACE, 'api', `ghcr.io/acme/api:${tag}`));
        const files = {
          'web/deployment.yaml': JSON.stringify(deployment(NAMESPACE, 'web', image('v17'))),
          'web/api.yaml': api('v17'),
        };
        const commit = await given().gitops.commit('main', files);
        await deliver('v18');
        const run = await verify(commit, `${image('v17')}\nghcr.io/acme/api:v17`);
        expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'true' });
        expect(run.outputs.reason).toMatch(
          /^Superseded: .*web:v18 took the place of .*; the rest of the release is healthy\.$/,
        );
        expect((await live('api'))?.status).toMatchObject({
          availableReplicas: 1,
        });
      },
      LONGEST,
    );

    test(
      'in the cluster alone, by hand: that is no release, and it is waited for',
      async () => {
        const spec = { syncPolicy: { automated: null } };
        const commit = await deliver('v19');
        await verify(commit, image('v19'));
        await given().cluster.kubectl(
          ...['patch', 'applications.argoproj.io', 'web', '-n', 'argocd', '--type=merge'],
          ...['--patch', JSON.stringify({ spec })],
        );
        await given().push({ 'other/note.txt': 'hand' });
        await given().cluster.kubectl(
          'set',
          'image',
          'deployment/web',
          `main=${image('v20')}`,
          '-n',
          NAMESPACE,
        );
        const run = await given().verify({
          ...{ application: 'web', commit, images: image('v19'), timeout: '8s' },
        });
        expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'false' });
        expect(run.outputs.reason).toContain('not healthy after 8s');
      },
      LONGEST,
    );
  });
}
