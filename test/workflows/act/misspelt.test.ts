import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { previewInputs, previewSecrets } from './backend-call.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { tagsOf } from './monorepo.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;

describeOn(
  ['act', 'crane'],
  'inputs that mean nothing are refused by the plan, before anything is built',
  () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await buildScene();
    });
    afterAll(async () => {
      await scene?.[Symbol.asyncDispose]();
    });
    const call = (inputs: Readonly<Record<string, unknown>>) =>
      scene.call(
        'backend',
        { event: 'push', secrets: previewSecrets(scene) },
        { inputs: { ...previewInputs(scene), ...inputs }, secrets: ['app_private_key'] },
      );

    test.each([
      [
        { 'registry-login': 'token' },
        'The input registry-login is "token"; write job-token, password, azure or none.',
      ],
      [{ 'cluster-login': 'aws' }, 'The input cluster-login is "aws"; write kubeconfig, azure or none.'],
      [
        { 'preview-engine': 'kustomise' },
        'The input preview-engine is "kustomise"; write helm, kustomize, gitops',
      ],
      [{ domain: '' }, 'The input domain is empty; with preview-engine gitops previews answer below it'],
      [{ cache: 'local' }, 'The input cache is "local"; write gha or none.'],
      [{ provenance: 'yes' }, 'The input provenance is "yes"; write auto, true or false.'],
      [{ services: '[{"name": "orders"' }, 'Input "services"'],
      [{ services: 'Orders_API' }, 'Input "services"'],
      [{ 'image-prefix': 'https://ghcr.io/acme' }, 'Input "image-prefix"'],
    ])(
      '%j',
      async (inputs, sentence) => {
        const ran = await call(inputs);
        expectJobs(ran, {
          'call / Plan': 'failure',
          'call / image': 'skipped',
          'call / Say what is lost': 'skipped',
          call: 'failure',
          outputs: 'success',
        });
        const { log } = jobOf(ran, 'call / Plan');
        expect(log).toContain('::error::');
        expect(log).toContain(sentence);
        expect(tagsOf(scene, 'orders')).toEqual([]);
      },
      LONGEST,
    );

    test(
      "an owner's name with capitals, as GitHub gives it, is written small as registries want it",
      async () => {
        const ran = await call({ 'image-prefix': `${scene.registry.host}/Acme` });
        expect(ran.exitCode).toBe(0);
        const [tag] = tagsOf(scene, 'orders');
        expect(outputsOf(jobOf(ran, 'outputs')).images).toBe(`${scene.registry.host}/acme/orders:${tag}`);
      },
      LONGEST,
    );
  },
);
