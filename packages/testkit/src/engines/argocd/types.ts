import type { KubernetesObject } from '../cluster/types.ts';

export interface ArgoCdOptions {
  /** Private repositories with the token to read them. Public ones need no mention. */
  readonly repositories?: readonly { readonly url: string; readonly token: string }[];
  /** What the account `ci` may do. Default: read applications. https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/ */
  readonly policy?: string;
}

/** The parts of an Application's status that say what it runs; each is absent at times. */
export interface Application extends KubernetesObject {
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string };
    readonly health?: { readonly status: string };
    readonly operationState?: {
      readonly phase: string;
      readonly message?: string;
      readonly syncResult?: { readonly revision: string };
    };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  };
}

export interface ArgoCd {
  /** Of its API, and of its webhook at `/api/webhook`. */
  readonly url: string;
  /** API key of the account `ci`. */
  readonly token: string;
  application(name: string): Promise<Application | undefined>;
  /** Makes it look into the repository now: nothing here polls. */
  refresh(application: string): Promise<void>;
  refreshApplicationSet(name: string): Promise<void>;
}
