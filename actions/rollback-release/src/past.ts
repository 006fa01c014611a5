import { releasedIn, rolledBackIn, type Step, trailerOf } from '@gitops-actions/core/gitops';
import type { ImageReference, ImageTarget } from '@gitops-actions/core/image';

/** An image in a file. */
export interface Spot {
  readonly file: string;
  readonly target: ImageTarget;
}

/** A commit of the branch's own line, and what its trailers say, with those of the commits that it merged. */
export interface Moment {
  readonly id: string;
  /** What it released, and did not only bring back. */
  readonly released: readonly string[];
  /** What it took back, because it was bad. */
  readonly rolledBack: readonly string[];
  /** Pages of the runs that wrote it, without their attempts. */
  readonly runs: readonly string[];
  readonly messages: readonly string[];
}

/** What stood on a branch: its own line of commits, newest first, and the images after each of them. */
export interface Past {
  /** Undefined behind the oldest one that is known. */
  moment(index: number): Promise<Moment | undefined>;
  /** The versions in which an image stood somewhere after that commit; none behind the oldest one. */
  standing(index: number, spot: Spot): Promise<readonly ImageReference[]>;
  /** How far it was searched, as part of a sentence. */
  searched(): string;
}

/** A step of a branch as its trailers have it. */
export function momentOf({ id, message, brought }: Pick<Step, 'id' | 'message' | 'brought'>): Moment {
  const messages = [message, ...brought];
  const runs = messages.flatMap((text) => trailerOf(text, 'Source-Run') ?? []);
  return {
    id,
    messages,
    released: [...new Set(messages.flatMap(releasedIn))],
    rolledBack: [...new Set(messages.flatMap(rolledBackIn))],
    runs: [...new Set(runs.map((run) => run.replace(/\/attempts\/\d+$/, '')))],
  };
}

export function spotKey({ file, target }: Spot): string {
  return `${file}\n${target.reference.name}`;
}

/** Whether two references say the same version, tag and digest. */
export function isSame(one: ImageReference): (other: ImageReference) => boolean {
  return (other) => one.tag === other.tag && one.digest === other.digest;
}
