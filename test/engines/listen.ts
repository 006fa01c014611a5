import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionRun } from '@gitops-actions/testkit';

/** An action that runs. */
export interface Running {
  readonly ended: Promise<ActionRun>;
  /** Resolves once it has written a text; fails when it ends without. */
  said(text: string): Promise<void>;
}

/** Starts an action and hears what it says while it runs. */
export function listen(start: (onStdout: (piece: string) => void) => Promise<ActionRun>): Running {
  let stdout = '';
  const ended = start((piece) => {
    stdout += piece;
  });
  const said = async (text: string) => {
    while (!stdout.includes(text))
      if (await Promise.race([sleep(50), ended])) throw new Error(`It ended, and had not said "${text}".`);
  };
  return { ended, said };
}
