import { type ActionRun, runAction } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { type ArgoCdScene, argoCdScene, ENGINES, NAMESPACE } from './verify-argocd-scene.ts';
import { deployment } from './workloads.ts';

const LONGEST = 300_000;
const STAGING = 'staging/kustomization.yaml';
const PRODUCTION = 'production/kustomization.yaml';
const WRITERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const WEB = 'ghcr.io/acme/web';
const [GOOD, BAD, FIX] = ['v1.0.1-aaaaaaa', 'v1.0.2-bbbbbbb-crash-loop', 'v1.0.3-ccccccc'];

const entry = (name: string, tag: string) => `  - name: ${name} # of a team\n    newTag: ${tag}\n`;
const kustomization = (web: string, others: string) =>
  `resources:\n  - web.json\nimages:\n${entry(WEB, web)}${WRITERS.map((name) => entry(`acme/${name}`, others)).join('')}`;

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

describeOn(ENGINES, 'from the update to the verdict and back', () => {
  let scene: ArgoCdScene;
  let runId = 9000;
  beforeAll(async () => {
    scene = await argoCdScene();
    const web = JSON.stringify(deployment(NAMESPACE, 'web', WEB));
    const files = [STAGING, PRODUCTION].map((path) => [path, kustomization('v1.0.0-0000000', 'v0')]);
    await scene.push({ ...Object.fromEntries(files), 'staging/web.json': web, 'production/web.json': web });
    await scene.apply('staging');
  }, 120_000);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const write = (action: string, inputs: Record<string, string>): Promise<ActionRun> =>
    runAction(action, {
      github: scene.github,
      repository: scene.shop,
      runId: ++runId,
      workflowPath: '.github/workflows/delivery.yml',
      inputs: { repository: 'acme/gitops', 'gitops-token': scene.github.token, ...inputs },
      timeout: LONGEST,
    });
  const update = (id: string) => write('update-manifest', { path: STAGING, images: `${WEB}:${id}` });
  const verify = (id: string, { outputs }: ActionRun) =>
    scene.verify({
      application: 'staging',
      commit: outputs.commit ?? '',
      images: `${WEB}:${id}`,
      environment: 'staging',
    });
  const others = (tag: string) =>
    WRITERS.map((name) => write('update-manifest', { path: STAGING, images: `acme/${name}:${tag}` }));
  const running = async () =>
    (await scene.cluster.get<Deployment>('deployment', NAMESPACE, 'web'))?.spec.template.spec.containers[0]
      ?.image;
  const exitCodes = (runs: readonly ActionRun[]) => runs.map(({ exitCode }) => exitCode);
  const promote = () =>
    write('promote-release', {
      'from-path': STAGING,
      path: PRODUCTION,
      images: WEB,
      'from-environment': 'staging',
    });

  test(
    'a bad release goes back and stays out, a newer one passes and is promoted, while eight others write the same file',
    async () => {
      expect((await verify(GOOD, await update(GOOD))).outputs.verdict).toBe('healthy');
      const bad = await verify(BAD, await update(BAD));
      expect(bad).toMatchObject({ exitCode: 1, outputs: { verdict: 'degraded' } });
      expect(bad.outputs.reason).toContain('CrashLoopBackOff');
      const unverified = await promote();
      expect(unverified.exitCode).toBe(1);
      expect(unverified.outputs.result).toBeUndefined();

      const [back, ...first] = await Promise.all([
        write('rollback-release', {
          path: STAGING,
          release: BAD,
          verdict: bad.outputs.verdict ?? '',
          reason: 'crash loop',
          'verify-image': 'false',
        }),
        ...others('v1'),
      ]);
      expect(exitCodes([back, ...first])).toEqual(Array.from({ length: 9 }, () => 0));
      expect(back.outputs).toMatchObject({ result: 'committed', from: BAD, to: GOOD });
      expect((await verify(GOOD, back)).outputs.verdict).toBe('healthy');
      expect(await running()).toBe(`${WEB}:${GOOD}`);

      expect((await update(BAD)).outputs.result).toBe('held');
      expect(await scene.gitops.read('main', STAGING)).toBe(
        kustomization(`${GOOD} # gitops-actions: blocked ${BAD} crash loop`, 'v1'),
      );

      const [fix, ...second] = await Promise.all([update(FIX), ...others('v2')]);
      expect(exitCodes([fix, ...second])).toEqual(Array.from({ length: 9 }, () => 0));
      expect(await scene.gitops.read('main', STAGING)).toBe(kustomization(FIX, 'v2'));
      expect((await verify(FIX, fix)).outputs.verdict).toBe('healthy');
      expect(await running()).toBe(`${WEB}:${FIX}`);

      expect((await promote()).outputs).toMatchObject({ result: 'committed', images: `${WEB}:${FIX}` });
      expect(await scene.gitops.read('main', PRODUCTION)).toBe(kustomization(FIX, 'v0'));
      const states = scene.shop.deployments().map(({ statuses }) => statuses[0]?.state);
      expect(states).toEqual(['success', 'failure', 'success', 'success']);
    },
    LONGEST,
  );
});
