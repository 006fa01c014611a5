import type { ObjectReference } from '../kubernetes/index.ts';
import type { PreviewRecord } from './record.ts';

/** What a controller says of a revision; texts are outside text. */
export type Judgement =
  /** `isSure` is false where only time tells that nothing more is coming. */
  | { readonly kind: 'healthy'; readonly isSure: boolean }
  | { readonly kind: 'waiting'; readonly what: string }
  /** `isFinal` is false for what may pass by itself. */
  | { readonly kind: 'broken'; readonly what: string; readonly isFinal: boolean };

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

/** Whether one path is the other or lies below it; no slashes at the ends. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '' ? '' : `${folder}/`);
}

/** A path of a manifest without `./` and slashes at the ends. */
export function plainPath(path: string): string {
  return path.replace(/^(?:\.?\/)+|^\.$/g, '').replace(/\/+$/, '');
}

/** A commit id as people read it; anything else, such as the name of a branch, stays as it is. */
export function shortCommit(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 7) : revision;
}
