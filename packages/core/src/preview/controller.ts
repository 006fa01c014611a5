import type { Judgement } from '../controller/index.ts';
import type { ObjectReference } from '../kubernetes/index.ts';
import type { PreviewRecord } from './record.ts';

/** The object by which a GitOps controller brings a preview's files into a cluster, as it is at one moment. */
export interface Reconciliation {
  /** For people: `Application pr-42 in namespace argocd`. */
  readonly where: string;
  /** Why its word says nothing about the preview, as the rest of a sentence; undefined when it does. */
  readonly problem: string | undefined;
  /** Whether it is the preview's own and goes with its files. */
  readonly isOwn: boolean;
  /** Commits that it speaks of. */
  readonly revisions: readonly string[];
  /** What it has applied, in the cluster that kubectl reaches; empty for another one. */
  readonly inventory: readonly ObjectReference[];
  /** What else its removal leaves behind; empty for nothing. */
  readonly stays: string;
  /** Problems of single objects and conditions, for people; outside text. */
  readonly complaints: readonly string[];
  /** @param isCurrent whether a commit has the preview's files as they are meant to be */
  readonly judge: (isCurrent: (revision: string) => boolean) => Judgement;
}

/** A GitOps controller that is asked about previews. */
export interface Controller {
  /** For people, whether it is there or not. */
  readonly whereOf: (preview: PreviewRecord) => string;
  /** Undefined when there is none yet, or none any more. */
  readonly read: (
    preview: PreviewRecord,
    folder: string,
    signal: AbortSignal,
  ) => Promise<Reconciliation | undefined>;
  /** Asks it to look into the repository now; what it may not be asked, it does by itself later. */
  readonly nudge: (preview: PreviewRecord, folder: string, signal: AbortSignal) => Promise<void>;
}

/** A path of a manifest without `./` and slashes at the ends. */
export function plainPath(path: string): string {
  return path.replace(/^(?:\.?\/)+|^\.$/g, '').replace(/\/+$/, '');
}
