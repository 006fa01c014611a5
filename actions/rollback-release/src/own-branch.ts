import type { GitOpsRepository, Snapshot } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import type { Choice } from './choice.ts';
import type { Undo } from './choose-good.ts';
import type { Decision } from './decide.ts';
import { spotKey } from './past.ts';
import { type Pending, pendingOf } from './pending.ts';

interface Base {
  readonly snapshot: Snapshot;
  readonly branch: GitOpsRepository;
}

export interface Decided {
  readonly decision: Decision | undefined;
  /** What an earlier rollback put there, and this one replaces. */
  readonly replaceable: (undo: Undo) => readonly ImageReference[];
}

/**
 * Decides for the branch that is released and for that of a pull request. The first alone says what goes back; on the
 * second stand earlier rollbacks, which are replaced, and which say what must not be gone back to either.
 */
export class OwnBranch {
  readonly #choice: Choice;
  /** How messages call the pull request's branch; undefined without one. */
  readonly #name: string | undefined;
  readonly #signal: AbortSignal;
  #base: Base | undefined;
  #last: { readonly heads: string; readonly decided: Decided } | undefined;
  #decision: Decision | undefined;

  constructor(choice: Choice, name: string | undefined, signal: AbortSignal) {
    this.#signal = signal;
    this.#choice = choice;
    this.#name = name;
  }

  async decide(snapshot: Snapshot, branch: GitOpsRepository): Promise<Decided> {
    if (branch.name !== this.#name || this.#base === undefined) {
      this.#base = { snapshot, branch };
      this.#decision = await this.#choice.make(snapshot, branch);
      return { decision: this.#decision, replaceable: () => [] };
    }
    const base = this.#base;
    if (this.#decision?.kind !== 'undo' || snapshot.head === base.snapshot.head)
      return { decision: this.#decision, replaceable: () => [] };
    const heads = `${base.snapshot.head} ${snapshot.head}`;
    if (this.#last?.heads !== heads)
      this.#last = { heads, decided: await this.#decideOwn(snapshot, branch, base) };
    this.#decision = this.#last.decided.decision;
    return this.#last.decided;
  }

  async #decideOwn(snapshot: Snapshot, branch: GitOpsRepository, base: Base): Promise<Decided> {
    if (this.#decision?.kind !== 'undo') return { decision: this.#decision, replaceable: () => [] };
    const follow = [...new Set(this.#decision.undo.map(({ file }) => file))];
    const past = this.#choice.past(snapshot, branch, follow);
    const isOnBase = memo((commit: string) =>
      base.branch.isAtOrAfter(commit, base.snapshot.head, this.#signal),
    );
    const names = { branch: branch.name, base: base.branch.name };
    const pending = new Map<string, Pending>();
    for (const undo of this.#decision.undo)
      pending.set(spotKey(undo), await pendingOf(past, undo, isOnBase, names));
    const taken = [...pending.values()].flatMap((one) => one.taken);
    const others = taken.filter(([spot, id]) => !this.#isBad(spotKey(spot), id));
    return {
      decision: (await this.#choice.without(others)) ?? this.#decision,
      replaceable: (undo) => pending.get(spotKey(undo))?.replaceable ?? [],
    };
  }

  #isBad(key: string, id: string): boolean {
    if (this.#decision?.kind !== 'undo') return false;
    return this.#decision.undo.some(
      (undo) => spotKey(undo) === key && undo.bad.some(({ tag, digest }) => (tag ?? digest) === id),
    );
  }
}

/** Asks once for each commit. */
function memo(ask: (commit: string) => Promise<boolean>): (commit: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (commit) => {
    const answer = known.get(commit) ?? ask(commit);
    known.set(commit, answer);
    return answer;
  };
}
