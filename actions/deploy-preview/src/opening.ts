import type { PreviewEngine, PreviewSpec } from '@gitops-actions/core/preview';
import type { OpenEngine } from './engine.ts';

/** An engine that is opened when it is needed, or before. */
export interface Opening extends AsyncDisposable {
  /** Opens it and lets it prepare a preview, in the background. What goes wrong with that is said when it is needed. */
  begin(preview: PreviewSpec): void;
  /** @throws ConfigurationError when its inputs are of no use */
  engine(): Promise<PreviewEngine>;
}

/** @param open called once at most */
export function openLater(open: () => Promise<OpenEngine>, signal: AbortSignal): Opening {
  const ending = new AbortController();
  let opening: Promise<OpenEngine> | undefined;
  let prepared: Promise<void> | undefined;
  const opened = () => {
    opening ??= open();
    return opening;
  };
  return {
    begin: (preview) => {
      const until = AbortSignal.any([signal, ending.signal]);
      prepared = opened().then(
        ({ engine }) => engine.prepare?.(preview, until),
        () => undefined,
      );
    },
    engine: async () => (await opened()).engine,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      // What it was doing may still write into a folder that goes with it.
      await prepared;
      const engine = await opening?.catch(() => undefined);
      await engine?.[Symbol.asyncDispose]();
    },
  };
}
