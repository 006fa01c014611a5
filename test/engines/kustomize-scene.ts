import type { PreviewEngine, PreviewSpec, Removal } from '@gitops-actions/core/preview';
import { type Cluster, type KubernetesObject, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { never, preview } from './helm-stage.ts';
import { type KustomizeStage, kustomizeStage } from './kustomize-stage.ts';
import { describeOn } from './suite.ts';

/** The shared namespace of all previews. */
export const NAMESPACE = 'previews';

/** The kinds that kubectl calls `all`. */
export const ALL =
  'pods,replicationcontrollers,services,daemonsets,deployments,replicasets,statefulsets,horizontalpodautoscalers,cronjobs,jobs';

/** What a removal says that left nothing behind. */
export const GONE: Removal = { kind: 'removed', leftovers: [] };

/** What is read of objects here. */
export interface Live extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly creationTimestamp: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly image: string }] } };
  };
  readonly status: { readonly completionTime?: string };
}

/** A cluster with one namespace for previews. Its functions work within tests, each with a preview of its own. */
export interface KustomizeScene {
  cluster(): Cluster;
  stage(): KustomizeStage;
  /** Of this test's preview. */
  name(): string;
  number(): number;
  /** This test's preview, by a later run than all before. */
  spec(change?: Partial<PreviewSpec>): PreviewSpec;
  /** An object of this test's preview by the name that the overlay gives it. */
  get(kind: string, own: string): Promise<Live | undefined>;
  isThere(kind: string, own: string): Promise<boolean>;
  /** Of the Deployment web. */
  image(): Promise<string | undefined>;
  recordOf(name: string): Promise<KubernetesObject | undefined>;
  /** What carries this test's preview as a label; names. */
  labelled(kinds: string): Promise<readonly string[]>;
  remove(engine: PreviewEngine, record: PreviewSpec): Promise<Removal>;
  /** Waits until an object is there. */
  appears(kind: string, own: string): Promise<unknown>;
}

/** Tests on a cluster, as a user who has the role edit in the namespace. */
export function onKustomize(title: string, body: (scene: KustomizeScene) => void): void {
  describeOn(['kubernetes', 'kwok'], title, () => {
    let opened: { readonly cluster: Cluster; readonly stage: KustomizeStage } | undefined;
    let number = 0;
    beforeAll(async () => {
      const cluster = await startCluster();
      await cluster.createNamespace(NAMESPACE);
      await cluster.grant(NAMESPACE);
      opened = { cluster, stage: await kustomizeStage(cluster, NAMESPACE) };
    });
    afterAll(() => opened?.cluster.close());
    beforeEach(() => {
      number++;
    });
    body(
      sceneOf(
        () => {
          if (opened === undefined) throw new Error('The cluster is not up yet.');
          return opened;
        },
        () => number,
      ),
    );
  });
}

function sceneOf(
  opened: () => { readonly cluster: Cluster; readonly stage: KustomizeStage },
  number: () => number,
): KustomizeScene {
  let runId = 1000;
  const name = () => `pr-${number()}`;
  const cluster = () => opened().cluster;
  const get = (kind: string, own: string) => cluster().get<Live>(kind, NAMESPACE, `${name()}-${own}`);
  return {
    cluster,
    stage: () => opened().stage,
    name,
    number,
    get,
    spec: (change = {}) => {
      const host = `${name()}.preview.example.com`;
      return preview({ name: name(), host, pullRequest: number(), runId: ++runId, ...change });
    },
    isThere: async (kind, own) => (await get(kind, own)) !== undefined,
    image: async () => (await get('deployment', 'web'))?.spec.template.spec.containers[0].image,
    recordOf: (own) => cluster().get('configmap', NAMESPACE, `preview-${own}`),
    labelled: async (kinds) => {
      const found = await cluster().list(kinds, NAMESPACE, `previews.gitops-actions/name=${name()}`);
      return found.map(({ metadata }) => metadata.name);
    },
    remove: (engine, record) => engine.remove({ record, where: '' }, never),
    appears: (kind, own) =>
      cluster().kubectl(
        ...['wait', '--for=create', `${kind}/${name()}-${own}`, '-n', NAMESPACE, '--timeout=30s'],
      ),
  };
}
