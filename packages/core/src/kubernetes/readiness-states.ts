/** How far an object is. */
export type Readiness =
  | { readonly state: 'ready' }
  /** It may still become ready. What is missing, as the rest of a sentence. */
  | { readonly state: 'waiting'; readonly why: string }
  /** It will not become ready by waiting. */
  | { readonly state: 'failed'; readonly why: string };

/** Nothing is missing. */
export const READY: Readiness = { state: 'ready' };
/** A new object has no status at all. */
export const UNSEEN: Readiness = { state: 'waiting', why: 'is not seen by its controller yet' };

/** Not ready yet. */
export function waiting(why: string): Readiness {
  return { state: 'waiting', why };
}

/** Broken. */
export function failed(why: string): Readiness {
  return { state: 'failed', why };
}

/** The first part that is not ready. */
export function all(...parts: readonly Readiness[]): Readiness {
  return parts.find(({ state }) => state !== 'ready') ?? READY;
}
