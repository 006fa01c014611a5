import type { KubernetesObject } from '../cluster/types.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** https://fluxcd.io/flux/components/source/gitrepositories/ */
export interface GitRepository extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly namespace: string;
    readonly generation: number;
  };
  readonly spec: {
    readonly url: string;
    readonly ref?: { readonly branch?: string };
    readonly secretRef?: { readonly name: string };
    readonly suspend?: boolean;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastHandledReconcileAt?: string;
    readonly artifact?: { readonly revision: string };
    readonly conditions?: readonly Condition[];
  };
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface Kustomization extends KubernetesObject {
  readonly status?: {
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly lastHandledReconcileAt?: string;
    readonly conditions?: readonly Condition[];
  };
}

export interface Flux extends AsyncDisposable {
  kustomization(name: string, namespace?: string): Promise<Kustomization | undefined>;
  gitRepository(name: string, namespace?: string): Promise<GitRepository | undefined>;
  /** What `flux reconcile source git` does: asks by annotation. */
  reconcileSource(name: string, namespace?: string): Promise<void>;
  close(): Promise<void>;
}
