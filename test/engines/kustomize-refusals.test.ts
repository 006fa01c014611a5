import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFiles } from './helm-chart.ts';
import { never } from './helm-stage.ts';
import { onKustomize } from './kustomize-scene.ts';
import { deployment } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');
const settings = (data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data,
});

onKustomize('what a kustomize preview refuses', (scene) => {
  test.each<[string, object[], string]>([
    [
      'an object of the whole cluster',
      [
        web,
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 'all' },
          rules: [],
        },
      ],
      'which belongs to the whole cluster',
    ],
    [
      'an image that nothing names',
      [deployment('', 'web', 'acme/api:1')],
      'Input "image" is of acme/web, which no object of the overlay names; it names acme/api.',
    ],
    [
      'an unknown kind',
      [web, { apiVersion: 'acme.dev/v1', kind: 'Widget', metadata: { name: 'w' } }],
      'no matches for kind "Widget" in version "acme.dev/v1"',
    ],
    [
      'two objects that marks make one',
      [
        web,
        ...['{{preview.pr}}', '{{ preview.pr }}'].map((name) => ({ ...settings({}), metadata: { name } })),
      ],
      'The overlay has two objects that are ConfigMap ',
    ],
  ])('%s, before anything is changed', async (_, objects, sentence) => {
    const engine = await scene.stage().with(objects);
    await expect(engine.deploy(scene.spec(), never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(sentence),
    });
    expect(await scene.recordOf(scene.name())).toBeUndefined();
    expect(await scene.image()).toBeUndefined();
  });

  test("the name of the preview's own record", async () => {
    const record = { ...settings({}), metadata: { name: `preview-${scene.name()}` } };
    const engine = await scene.stage().with([web, record], { namespace: 'own-{{pr}}' });
    await expect(engine.deploy(scene.spec(), never)).rejects.toThrow(
      `The overlay has a ConfigMap preview-${scene.name()}, which is the name of the preview's own record; nothing was changed.`,
    );
  });

  test.each([
    ['nowhere', 'Input "overlay" is "nowhere", which is not in the workspace'],
    ['..', 'Input "overlay" is ".."; it must be inside the workspace'],
    ['.', 'Input "overlay" is "."; it must be a folder with a kustomization.yaml'],
  ])('the overlay %s', async (folder, sentence) => {
    const engine = scene.stage().engine({ overlay: { folder, workspace: scene.stage().workspace } });
    await expect(engine.deploy(scene.spec(), never)).rejects.toThrow(sentence);
  });

  test.each([
    ['resources: [nope.yaml]', /kubectl kustomize says: .*nope\.yaml/],
    ['resources: ["http://127.0.0.1:9/web.yaml"]', /mend it\. kubectl kustomize says: .*refused/],
    ['helmCharts: [{name: web}]', /must specify --enable-helm/],
    ['configMapGenerator: [{name: a, files: [/etc/hostname]}]', /security; file .* is not in or below/],
    ['resources: [] }', /kubectl kustomize says: .*yaml/],
    ['namePrefix: {{preview.name}}', /Values that begin with \{\{preview\.…\}\} need quotes in YAML\./],
  ])('an overlay that does not build: %s', async (text, sentence) => {
    const { workspace } = scene.stage();
    await writeFiles(join(workspace, 'broken'), { 'kustomization.yaml': text });
    const engine = scene.stage().engine({ overlay: { folder: 'broken', workspace } });
    await expect(engine.deploy(scene.spec(), never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(sentence),
    });
  });

  test('one object that the cluster would refuse: nothing at all is applied', async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { ports: [{ port: 70_000 }] },
    };
    const engine = await scene.stage().with([settings({}), web, service]);
    await expect(engine.deploy(scene.spec(), never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/must be between 1 and 65535, inclusive\. Nothing was applied;/),
    });
    expect([await scene.image(), await scene.get('configmap', 'settings')]).toEqual([undefined, undefined]);
    await (await scene.stage().with([web])).deploy(scene.spec(), never);
    expect(await scene.image()).toBe('acme/web:v1');
  });

  test('a missing right is named', async () => {
    await scene.cluster().createNamespace('closed');
    const engine = await scene.stage().with([web], { namespace: 'closed' });
    await expect(engine.deploy(scene.spec({ namespace: 'closed' }), never)).rejects.toThrow(
      /User "deployer" cannot get .* Give that right to the account of the kubeconfig/,
    );
  });

  test('marks are replaced in every text of any kind; those that are none stay, with a warning', async () => {
    const all = 'name host namespace image tag pr sha'.split(' ').map((key) => `{{preview.${key}}}`);
    const engine = await scene.stage().with([
      web,
      settings({
        all: `${all.join(' ')} [{{ preview.service }}]`,
        other: '{{preview.nothing}} {{ .Values.x }}',
      }),
    ]);
    const { name, host, head, pullRequest } = scene.spec();
    await engine.deploy(scene.spec(), never);
    expect(await scene.get('configmap', 'settings')).toMatchObject({
      data: {
        all: `${name} ${host} previews acme/web:v1 v1 ${pullRequest} ${head} []`,
        other: '{{preview.nothing}} {{ .Values.x }}',
      },
    });
    expect(scene.stage().said).toContain(
      'The overlay own holds {{preview.nothing}}, which stands for nothing and stays as it is.',
    );
  });
});
