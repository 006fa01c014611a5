import { type GitOpsRepository, isWithin, LONGEST_LOG, type Snapshot } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import { type ManifestFile, standingReferences } from '@gitops-actions/core/manifest';
import { FileStates } from './file-states.ts';
import { type Moment, momentOf, type Past, type Spot, spotKey } from './past.ts';

type Source = Pick<GitOpsRepository, 'steps' | 'readStates' | 'readAt'>;

export interface PastOptions {
  readonly repository: Source;
  /** The branch's head, with the files that are searched. */
  readonly head: Snapshot;
  /** What is searched; an image that was moved stood in another file of these. */
  readonly paths: readonly string[];
  /** Files and folders whose steps are followed. */
  readonly follow: readonly string[];
  /** Keeps those files of a commit that are manifests. */
  readonly readable: (snapshot: Snapshot) => readonly ManifestFile[];
  readonly signal: AbortSignal;
}

/** The past of a branch, read as far as it is asked for. */
export class BranchPast implements Past {
  readonly #options: PastOptions;
  readonly #pages: ReturnType<Source['steps']>;
  readonly #moments: Moment[] = [];
  readonly #states: FileStates;
  #end: 'open' | 'whole' | 'cut' = 'open';
  #parent = '';
  #count = 0;
  /** Where an image stood before it was moved, from a commit on; by spot. */
  readonly #moves = new Map<string, { readonly from: number; readonly file: string }>();
  /** By index and spot. */
  readonly #standing = new Map<string, Promise<readonly ImageReference[]>>();
  /** All that is searched, by commit. */
  readonly #files = new Map<string, Promise<readonly ManifestFile[]>>();
  /** Files that images were moved from, and whose steps are not followed: the past is to be read again with them. */
  readonly missed = new Set<string>();

  constructor(options: PastOptions) {
    const { repository, head, follow, signal } = options;
    this.#options = options;
    this.#pages = repository.steps(head.head, follow, signal);
    const files = head.files.map(({ path }) => path).filter((path) => follow.includes(path));
    this.#states = new FileStates(repository, head, files, signal);
  }

  async moment(index: number): Promise<Moment | undefined> {
    while (this.#moments.length <= index && this.#end === 'open') await this.#more();
    return this.#moments[index];
  }

  async #more(): Promise<void> {
    const page = await this.#pages.next();
    if (page.done !== true) {
      this.#moments.push(...page.value.map(momentOf));
      this.#count += page.value.length;
      this.#parent = page.value.at(-1)?.parent ?? this.#parent;
      return;
    }
    this.#end = page.value;
    // What stood before the oldest step can be read, though not who wrote it; a file may have been moved with that step.
    if (this.#parent !== '') this.#moments.push(momentOf({ id: this.#parent, message: '', brought: [] }));
  }

  /** How many moments are there without another request. */
  get loaded(): number {
    return this.#moments.length;
  }

  standing(index: number, spot: Spot): Promise<readonly ImageReference[]> {
    const key = `${index}\n${spotKey(spot)}`;
    const standing = this.#standing.get(key) ?? this.#read(index, spot);
    this.#standing.set(key, standing);
    return standing;
  }

  async #read(index: number, spot: Spot): Promise<readonly ImageReference[]> {
    const moved = this.#moves.get(spotKey(spot));
    const file = moved !== undefined && index >= moved.from ? moved.file : spot.file;
    const found = await this.#standingIn(index, file, spot);
    if (found.length > 0 || index === 0 || (await this.moment(index)) === undefined) return found;
    // Where it was moved shows step by step.
    if (moved === undefined) {
      await this.standing(index - 1, spot);
      if (this.#moves.has(spotKey(spot))) return this.#read(index, spot);
    }
    if ((await this.#standingIn(index - 1, file, spot)).length === 0) return found;
    const before = await this.#fileBefore(index, spot);
    if (before === undefined) return found;
    this.#moves.set(spotKey(spot), { from: index, file: before.path });
    if (!this.#options.follow.some((root) => isWithin(before.path, root))) this.missed.add(before.path);
    return standingReferences(before, spot.target);
  }

  async #standingIn(index: number, file: string, { target }: Spot): Promise<readonly ImageReference[]> {
    if (index > 0 && (await this.moment(index)) === undefined) return [];
    const known = this.#moments.map(({ id }) => id);
    const content = await this.#states.read(known, index, file);
    return content === undefined ? [] : standingReferences(content, target);
  }

  /** The one file that had an image at a commit and has lost it with the next. */
  async #fileBefore(index: number, spot: Spot): Promise<ManifestFile | undefined> {
    const { repository, paths, readable, signal } = this.#options;
    const moment = await this.moment(index);
    const isOneFile = paths.length === 1 && paths[0] === spot.file;
    if (moment === undefined || isOneFile) return undefined;
    const files = this.#files.get(moment.id) ?? repository.readAt(moment.id, paths, signal).then(readable);
    this.#files.set(moment.id, files);
    const holding = (await files).filter((file) => standingReferences(file, spot.target).length > 0);
    const lost: ManifestFile[] = [];
    for (const file of holding)
      if ((await this.#standingIn(index - 1, file.path, spot)).length === 0) lost.push(file);
    return lost.length === 1 ? lost[0] : undefined;
  }

  searched(): string {
    const which = this.#end === 'cut' || this.#count > LONGEST_LOG ? 'the last' : 'all';
    return `${which} ${this.#count} commits of the path were searched`;
  }
}
