import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import { type OpenCluster, openCluster } from '@gitops-actions/core/kubernetes';
import {
  createKustomizeEngine,
  type KustomizeEngineOptions,
  type PreviewEngine,
} from '@gitops-actions/core/preview';
import { type Cluster, enginePath } from '@gitops-actions/testkit';
import { writeFiles } from './helm-chart.ts';

/** An overlay as a team has it: names, labels and selectors that know nothing of previews. */
export const OVERLAY_FILES: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  progressDeadlineSeconds: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: web, envFrom: [{configMapRef: {name: settings}}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`,
  'overlay/kustomization.yaml': `resources: [../base, ingress.yaml]
images: [{name: web, newName: acme/web, newTag: release, digest: "sha256:${'a'.repeat(64)}"}]
configMapGenerator: [{name: settings, literals: ["URL=https://{{preview.host}}/{{ other }}"]}]
`,
  'overlay/ingress.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - host: "{{preview.host}}"
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`,
};

export interface KustomizeStage {
  readonly core: OpenCluster;
  readonly workspace: string;
  /** What the engine said, line by line. */
  readonly said: readonly string[];
  engine(options?: Partial<KustomizeEngineOptions>): PreviewEngine;
  /** An engine on an overlay whose only file of resources holds these objects. */
  with(objects: readonly object[], options?: Partial<KustomizeEngineOptions>): Promise<PreviewEngine>;
}

/** An engine on a real cluster, as a user who has the role edit in one namespace. */
export async function kustomizeStage(
  kubernetes: Cluster,
  namespace: string,
  options: { readonly asAdmin?: boolean; readonly exec?: Exec } = {},
): Promise<KustomizeStage> {
  const workspace = await mkdtemp(join(kubernetes.folder, 'workspace-'));
  await writeFiles(workspace, OVERLAY_FILES);
  const core = await openCluster({
    kubeconfig: options.asAdmin ? kubernetes.kubeconfig : kubernetes.deployerKubeconfig,
    environment: { PATH: enginePath(['kubernetes']), HOME: workspace },
    temp: workspace,
    exec: options.exec ?? spawnExec,
  });
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
  };
  const engine = (more: Partial<KustomizeEngineOptions> = {}) =>
    createKustomizeEngine({
      cluster: core,
      mark: { repositoryId: 1, server: 'github.com' },
      namespace,
      overlay: { folder: 'overlay', workspace },
      timeout: 30_000,
      logLines: 0,
      isRunOver: async () => undefined,
      run: { runId: 100, runAttempt: 1 },
      log: { info: say, debug: say, notice: say, warning: say },
      ...more,
    });
  return {
    core,
    workspace,
    said,
    engine,
    with: async (objects, more = {}) => {
      const folder = 'own';
      await rm(join(workspace, folder), { recursive: true, force: true });
      await writeFiles(join(workspace, folder), {
        'kustomization.yaml': 'resources: [objects.yaml]\n',
        'objects.yaml': objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
      });
      return engine({ overlay: { folder, workspace }, ...more });
    },
  };
}
