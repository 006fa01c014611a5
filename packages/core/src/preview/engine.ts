import type { PreviewRecord } from './record.ts';

/** A preview as it is to be. */
export type PreviewSpec = PreviewRecord;

/** A preview that exists, as the cluster or the GitOps repository says. */
export interface LivePreview {
  readonly record: PreviewRecord;
  /** Where it lives, for people: `previews/pr-42 in acme/gitops@main`. */
  readonly where: string;
}

/** Something that looks like a preview but cannot be read: nobody knows whose it is, so nobody touches it. */
export interface UnreadablePreview {
  readonly name: string;
  readonly reason: string;
}

export interface Listing {
  /** Only those that carry this repository's mark. */
  readonly previews: readonly LivePreview[];
  readonly unreadable: readonly UnreadablePreview[];
}

export type Deployed =
  | {
      readonly kind: 'deployed';
      /** Where it lives, for people. */
      readonly where: string;
      /** Commit id and its page; empty where an engine makes none. */
      readonly commit: string;
      readonly url: string;
    }
  /** A later run has deployed this preview already: nothing was changed. */
  | { readonly kind: 'superseded'; readonly by: PreviewRecord };

export type Standing =
  | { readonly kind: 'standing' }
  /** Another deployment of the same preview came after it. */
  | { readonly kind: 'replaced'; readonly by: PreviewRecord }
  /** Somebody removed it, or put something else in its place. */
  | { readonly kind: 'gone' };

export type Removal =
  | {
      readonly kind: 'removed';
      /** What is still there, by name; empty is verified gone. */
      readonly leftovers: readonly string[];
      /** What a reader should know besides; goes on after a semicolon. */
      readonly remark?: string;
    }
  /** It is not the deployment that was decided upon any more: nothing was changed. */
  | { readonly kind: 'changed'; readonly reason: string };

/** What a clean-up needs of an engine. */
export type PreviewCleaner = Pick<PreviewEngine, 'check' | 'list' | 'remove'>;

/** Brings previews up and takes them away. */
export interface PreviewEngine {
  /**
   * Begins what changes nothing, while the caller does something else; a second time for the same preview does nothing.
   * Settles, never rejecting, once it is done. What goes wrong with it `deploy` says.
   */
  prepare?(preview: PreviewSpec, signal: AbortSignal): Promise<void>;
  /** @throws ConfigurationError when the place is taken by a preview that is not this one */
  deploy(preview: PreviewSpec, signal: AbortSignal): Promise<Deployed>;
  /** Whether what `deploy` brought up is still what stands there. */
  check(preview: PreviewSpec, signal: AbortSignal): Promise<Standing>;
  /** What exists, from the cluster or the GitOps repository, never from GitHub's deployments. */
  list(signal: AbortSignal): Promise<Listing>;
  /** Removes exactly this deployment and looks again. One that is gone already counts as removed. */
  remove(preview: LivePreview, signal: AbortSignal): Promise<Removal>;
}
