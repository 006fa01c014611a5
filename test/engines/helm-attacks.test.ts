import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreviewFailed } from '@gitops-actions/core/preview';
import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

onHelm('what a chart or a job may do to a helm preview', (scene) => {
  const { namespace } = scene;

  const withTemplate = async (text: string, work: () => Promise<void>) => {
    const path = join(scene.stage().workspace, 'chart/templates/extra.yaml');
    await writeFile(path, text);
    await work();
    await writeFile(path, '');
  };

  test('it is not ready while a pod that may be unavailable is not', async () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}-lax"}
spec:
  replicas: 1
  strategy: {rollingUpdate: {maxUnavailable: 1}}
  selector: {matchLabels: {app: "{{ .Release.Name }}-lax"}}
  template:
    metadata: {labels: {app: "{{ .Release.Name }}-lax"}}
    spec: {containers: [{name: lax, image: "acme/lax:1-image-pull"}]}
`;
    await withTemplate(text, async () => {
      const failure: PreviewFailed = await scene
        .engine({ timeout: 4000 })
        .deploy(scene.spec(scene.fresh()), never)
        .then(
          () => new Error('it was called ready'),
          (error) => error,
        );
      expect(failure.message).toMatch(/Deployment pr-\d+-lax|Deployment\/.*-lax/);
      expect(failure.reasons[0]).toContain('container lax: ImagePullBackOff');
    });
  });

  test('an empty namespace and a key that stands twice are what helm takes them for', async () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: "{{ .Release.Name }}-odd"
  namespace: ""
  labels: {a: b, a: c}
`;
    await withTemplate(text, async () => {
      const wanted = scene.spec(scene.fresh());
      expect(await scene.engine().deploy(wanted, never)).toMatchObject({ kind: 'deployed' });
      expect(await scene.cluster().get('configmap', namespace, `${wanted.name}-odd`)).toMatchObject({
        metadata: { labels: { a: 'c' } },
      });
    });
  });

  test('helm is not led to another cluster than kubectl', async () => {
    const { core } = scene.stage();
    const cluster = { ...core, env: { ...core.env, HELM_KUBECONTEXT: 'production' } };
    const wanted = scene.spec(scene.fresh());
    await expect(scene.engine({ cluster }).deploy(wanted, never)).rejects.toThrow(
      'The variable HELM_KUBECONTEXT is set, which helm follows and kubectl does not',
    );
    expect(await scene.recordOf(wanted.name)).toBeUndefined();
  });

  test('a helm that does not know labels is refused before anything is changed', async () => {
    const { core } = scene.stage();
    const { exec } = core;
    const old: typeof exec = async (command) =>
      command.program === 'helm' && command.args.includes('--labels')
        ? { exitCode: 1, stdout: Buffer.from(''), stderr: 'Error: unknown flag: --labels' }
        : exec(command);
    const wanted = scene.spec(scene.fresh());
    const engine = scene.engine({ cluster: { ...core, exec: old } });
    await expect(engine.deploy(wanted, never)).rejects.toThrow('is older than 3.13');
    expect(await scene.recordOf(wanted.name)).toBeUndefined();
  });
});
