import type { Log } from '@gitops-actions/core/action';
import type { ImageReference } from '@gitops-actions/core/image';
import type { Cluster } from '@gitops-actions/core/kubernetes';

/** How far one subject is; texts are outside text, and no sentences: `Synced and Progressing at abc1234`. */
export type Judgement =
  /** `isSure: false` where only time tells that nothing more is coming: it is looked at again. */
  | { readonly kind: 'healthy'; readonly isSure?: boolean }
  | { readonly kind: 'waiting'; readonly what: string }
  /**
   * `isFinal: false` for what may pass by itself: it is looked at again before it counts, over at least so many
   * milliseconds; by default three seconds.
   */
  | {
      readonly kind: 'broken';
      readonly what: string;
      readonly isFinal: boolean;
      readonly holdsFor?: number;
    }
  /** Waiting cannot help, and nothing says that the release is bad: suspended, deleted, no workload. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** A newer release took the place of this one: nothing of it is here to be seen. `what` is for the reason alone. */
  | { readonly kind: 'superseded'; readonly what: string };

/** What is verified, as it is at one moment. */
export interface Subject {
  /** For people: `Application shop in namespace argocd`. */
  readonly where: string;
  /** One line for people; a change of it is progress: `Synced, Progressing`. Outside text. */
  readonly state: string;
  readonly judgement: Judgement;
  /** What runs, as far as the controller says: a commit id, a chart version, a pod-template hash; empty when it does not. */
  readonly revision: string;
  /**
   * What took the place of some images of the release, while the others are judged: then it is neither verified nor to blame.
   * Outside text, as `what` of a judgement.
   */
  readonly overtaken?: string;
}

/** What reports the health of a release. */
export interface VerificationEngine {
  /**
   * Every subject, now. None is "no workload found", which is never healthy.
   *
   * @throws ConfigurationError when what is named was never there
   * @throws ClusterError when the cluster does not answer or refuses
   */
  look(signal: AbortSignal): Promise<readonly Subject[]>;
  /** Asks the controller to look now; nothing where there is nobody to ask. Called at the start and again while nothing moves. */
  nudge(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when something may have changed since the last call; may resolve early, and need not resolve at all. Gets one
   * and the same signal for a whole wait: what it keeps running ends with that.
   */
  changed(signal: AbortSignal): Promise<void>;
  /** Why these subjects are not healthy, from the cluster: plain outside text, one block an entry. What may not be read is left out. */
  reasons(subjects: readonly Subject[], signal: AbortSignal): Promise<readonly string[]>;
}

/** Which objects are verified. */
export type Selection =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** A label selector, as kubectl takes it. */
  | { readonly kind: 'selector'; readonly selector: string };

/** What every engine is made with. */
export interface EngineOptions {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly namespace: string;
  /** Expected images; empty: none in particular. */
  readonly images: readonly ImageReference[];
  /** Lines of a failing container's log in the reasons. */
  readonly logLines: number;
  readonly log: Log;
}
