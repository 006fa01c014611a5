import type { HelmEngineOptions, PreviewEngine, PreviewSpec } from '@gitops-actions/core/preview';
import { type Cluster, type KubernetesObject, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type HelmStage, helmStage, preview } from './helm-stage.ts';
import { describeOn } from './suite.ts';

/** A namespace on a cluster, for one helm. Its functions work within tests. */
export interface HelmScene {
  readonly version: 3 | 4;
  readonly namespace: string;
  cluster(): Cluster;
  stage(): HelmStage;
  engine(options?: Partial<HelmEngineOptions>): PreviewEngine;
  /** The engine in the run that a preview names. */
  engineOf(record: PreviewSpec, options?: Partial<HelmEngineOptions>): PreviewEngine;
  /** A preview in this namespace, by a later run than all before. */
  spec(change?: Partial<PreviewSpec>): PreviewSpec;
  /** Name and pull request that no test had before. */
  fresh(): Pick<PreviewSpec, 'name' | 'pullRequest'>;
  containerOf(name: string): Promise<Container | undefined>;
  /** Of a release's revisions, oldest first. */
  statuses(name: string): Promise<readonly string[]>;
  recordOf(name: string): Promise<KubernetesObject | undefined>;
}

export interface Container {
  readonly image: string;
  readonly env: readonly { readonly value?: string }[];
}

interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** Tests on helm 3 and on helm 4, each in a namespace of its own in which the user has the role edit. */
export function onHelm(title: string, body: (scene: HelmScene) => void): void {
  describeOn(['kubernetes', 'kwok', 'helm3', 'helm4'], title, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      cluster = await startCluster();
    });
    afterAll(() => cluster?.close());
    const started = () => {
      if (cluster === undefined) throw new Error('The cluster is not up yet.');
      return cluster;
    };
    describe.each([3, 4] as const)('helm %i', (version) => body(sceneOf(version, started)));
  });
}

function sceneOf(version: 3 | 4, cluster: () => Cluster): HelmScene {
  const namespace = `previews-${version}`;
  let stage: HelmStage | undefined;
  let runId = 1000;
  let number = 100;
  beforeAll(async () => {
    await cluster().createNamespace(namespace);
    await cluster().grant(namespace);
    stage = await helmStage(cluster(), version, namespace);
  });
  const staged = () => {
    if (stage === undefined) throw new Error('The stage is not set yet.');
    return stage;
  };
  return {
    version,
    namespace,
    cluster,
    stage: staged,
    engine: (options) => staged().engine(options),
    engineOf: ({ runId, runAttempt }, options) => staged().engine({ run: { runId, runAttempt }, ...options }),
    spec: (change = {}) => preview({ namespace, runId: ++runId, ...change }),
    fresh: () => ({ name: `pr-${++number}`, pullRequest: number }),
    containerOf: async (name) => {
      const found = await cluster().get<Deployment>('deployment', namespace, name);
      return found?.spec.template.spec.containers[0];
    },
    statuses: async (name) => {
      const found = await cluster().list('secret', namespace, `owner=helm,name=${name}`);
      return found
        .toSorted((a, b) => Number(a.metadata.labels?.version) - Number(b.metadata.labels?.version))
        .map(({ metadata }) => metadata.labels?.status ?? '');
    },
    recordOf: (name) => cluster().get('configmap', namespace, `preview-${name}`),
  };
}
