import type { Programs } from '../programs/programs.ts';
import type { Api } from './api.ts';

/** What every object has; the rest is for the test that reads it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly [field: string]: unknown;
}

/** kubectl as the administrator: its standard output. Throws with what it printed when it fails. */
export type Kubectl = (...args: string[]) => Promise<string>;

/** Objects as the administrator sees and makes them. Kinds have the names that kubectl knows; a category such as `all` is none. */
export interface Objects {
  /** Server-side apply, one after the other. Without a namespace they are in `default`. */
  apply(...objects: object[]): Promise<void>;
  /** `undefined` when there is none. For kinds without a namespace any will do. */
  get<T extends object = KubernetesObject>(
    kind: string,
    namespace: string,
    name: string,
  ): Promise<T | undefined>;
  /** Of one kind or several, with commas between them. */
  list<T extends object = KubernetesObject>(
    kinds: string,
    namespace: string,
    selector?: string,
  ): Promise<T[]>;
}

export interface Cluster extends Objects, AsyncDisposable {
  readonly kubectl: Kubectl;
  /** Of the API server. */
  readonly url: string;
  readonly api: Api;
  /** Text for a user who may do everything. */
  readonly kubeconfig: string;
  /** Text for the user `deployer`, who may do what `grant` gave. */
  readonly deployerKubeconfig: string;
  /** A folder that goes with the cluster. */
  readonly folder: string;
  /** For programs of the test itself: PATH with kubectl, an own HOME, KUBECONFIG of the administrator. */
  readonly env: Readonly<Record<string, string>>;
  /** Its own programs, to stop and restart. */
  readonly programs: Programs;
  /** Helm as the administrator; its standard output. */
  helm(version: 3 | 4, ...args: string[]): Promise<string>;
  createNamespace(name: string): Promise<void>;
  /** Binds `deployer` to a ClusterRole within one namespace. Default role: `edit`. */
  grant(namespace: string, clusterRole?: string): Promise<void>;
  /** Volumes of 10 GiB for claims, which stay pending without. Call it once. */
  addVolumes(count: number): Promise<void>;
  /** What `kubectl logs` shows of every pod from now on, and with `--previous`. */
  setLogs(lines: readonly string[], previous?: readonly string[]): Promise<void>;
  /** Resolves when the API server answers, after a restart for example. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
