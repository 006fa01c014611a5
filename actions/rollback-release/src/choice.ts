import type { ActionContext } from '@gitops-actions/core/action';
import { judgeBy, readableFiles } from '@gitops-actions/core/delivery';
import type { GitOpsRepository, Snapshot } from '@gitops-actions/core/gitops';
import type { Asked } from './asked.ts';
import { BranchPast } from './branch-past.ts';
import { badOf } from './choose-bad.ts';
import { type Decision, decide } from './decide.ts';
import type { Inputs } from './inputs.ts';
import { nothingStands } from './nothing-stands.ts';
import { type Spot, spotKey } from './past.ts';
import { allSpots, spotsAt } from './spots.ts';

/** What goes back to what on a branch; decided anew whenever its head is another one. */
export class Choice {
  readonly #inputs: Inputs;
  readonly #context: ActionContext;
  /** The commit whose release was found first, where none is named: a conflict must not make it the next one. */
  #only = '';
  #onlyRelease = '';
  /** By image and file: releases that a pull request which is not merged yet takes back. */
  readonly #pending = new Set<string>();
  #last: { readonly head: string; readonly pending: number; readonly decision: Decision } | undefined;
  #base: { readonly snapshot: Snapshot; readonly branch: GitOpsRepository } | undefined;

  constructor(inputs: Inputs, context: ActionContext) {
    this.#inputs = inputs;
    this.#context = context;
  }

  /** The decision on the branch that is released. @param snapshot its head, with the files that are searched */
  async make(snapshot: Snapshot, branch: GitOpsRepository): Promise<Decision> {
    this.#base = { snapshot, branch };
    const { size } = this.#pending;
    if (this.#last?.head === snapshot.head && this.#last.pending === size) return this.#last.decision;
    const decision = await this.#decide(snapshot, branch);
    if (decision.kind === 'undo') {
      this.#only = decision.bad.moment?.id ?? this.#only;
      this.#onlyRelease = decision.bad.releases[0] ?? this.#onlyRelease;
    }
    this.#last = { head: snapshot.head, pending: size, decision };
    return decision;
  }

  /** The last decision again, on the same branch, without releases that a pull request takes back. */
  async without(taken: readonly (readonly [Spot, string])[]): Promise<Decision | undefined> {
    for (const [spot, id] of taken) this.#pending.add(`${spotKey(spot)}\n${id}`);
    return this.#base && this.make(this.#base.snapshot, this.#base.branch);
  }

  async #decide(snapshot: Snapshot, branch: GitOpsRepository): Promise<Decision> {
    const { paths, images, to, release } = this.#inputs;
    const { run, signal } = this.#context;
    const asked: Asked = { release, images, to, run, only: this.#only };
    const judged = {
      isNewer: this.#isNewer(),
      isBlocked: (spot: Spot, id: string) => this.#pending.has(`${spotKey(spot)}\n${id}`),
    };
    const nothing = async () =>
      nothingStands(await branch.log(paths, signal), { images, release: release || this.#onlyRelease });
    for (let follow = this.#filesOf(snapshot); ; ) {
      const past = this.past(snapshot, branch, follow);
      const result = await decide(past, snapshot, asked, judged, nothing).catch((error: unknown) => {
        if (past.missed.size === 0) throw error;
        return undefined;
      });
      if (result !== undefined && past.missed.size === 0) return result;
      follow = [...follow, ...past.missed];
    }
  }

  past(head: Snapshot, repository: GitOpsRepository, follow: readonly string[]): BranchPast {
    const { paths } = this.#inputs;
    const { signal } = this.#context;
    const readable = (snapshot: Snapshot) =>
      snapshot.files.length === 0 ? [] : readableFiles(snapshot, { paths, name: repository.name });
    return new BranchPast({ repository, head, paths, follow, readable, signal });
  }

  /** The files whose history matters: where the release stands, or images that are named; else all. */
  #filesOf({ files }: Snapshot): readonly string[] {
    const { release, images, paths } = this.#inputs;
    const spots = release === '' ? [] : spotsAt(files, new Set([release]), images);
    const found = spots.length > 0 || images.length === 0 ? spots : allSpots(files, images);
    return found.length === 0 ? paths : [...new Set(found.map(({ file }) => file))];
  }

  #isNewer() {
    // Who wrote a release only matters for what is older.
    const noLog = { log: () => Promise.resolve([]) };
    const { guard } = judgeBy(this.#inputs, noLog, this.#context);
    return async (spot: Parameters<typeof badOf>[1][number], id: string): Promise<boolean> => {
      if (guard === undefined) return false;
      const orders = badOf(undefined, [spot]).releases.map((bad) => guard(spot.file, bad, id));
      return (await Promise.all(orders)).some((order) => order === 'newer');
    };
  }
}
