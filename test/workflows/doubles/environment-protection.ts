import type { Answer, Call } from './double.ts';

/** What the first step of an environment's job uses in place of GitHub's own question to the reviewers. */
export const ENVIRONMENT_PROTECTION = 'gitops-actions/environment-protection@v1';

/** A job that waits for the reviewers of its environment. */
export interface Waiting {
  readonly environment: string;
  approve(): void;
  reject(): void;
}

/** The environments of acme/shop. */
export interface Environments {
  /** From now on jobs of this environment wait until somebody answers. */
  protect(name: string): void;
  /** Every job that has asked, in order. */
  readonly asked: readonly Waiting[];
  /**
   * The next job that asks. Each is handed out once.
   *
   * @param run that is to ask; without an asking job its end is an error
   */
  nextFor(run: Promise<unknown>): Promise<Waiting>;
}

/** Environments of which none has reviewers yet, and the double that asks them. */
export function createEnvironments(): Environments & { ask(call: Call): Promise<Answer> } {
  const guarded = new Set<string>();
  const asked: Waiting[] = [];
  const arrivals: (() => void)[] = [];
  let taken = 0;
  const next = async (): Promise<Waiting> => {
    const found = asked[taken];
    if (found !== undefined) {
      taken += 1;
      return found;
    }
    await new Promise<void>((resolve) => arrivals.push(resolve));
    return next();
  };
  return {
    asked,
    protect: (name) => {
      guarded.add(name);
    },
    nextFor: (run) => Promise.race([next(), endOf(run)]),
    async ask({ input }) {
      const environment = input('environment');
      if (!guarded.has(environment)) return { log: `${environment} has no reviewers.` };
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      asked.push({
        environment,
        approve: () => resolve({ log: `${environment} was approved.` }),
        reject: () => reject(new Error(`${environment} was rejected by its reviewers.`)),
      });
      for (const arrive of arrivals.splice(0)) arrive();
      return promise;
    },
  };
}

async function endOf(run: Promise<unknown>): Promise<never> {
  await run;
  throw new Error('The run ended, and no reviewer was asked.');
}
