import type { GitOpsRepository, Snapshot } from '@gitops-actions/core/gitops';
import type { ManifestFile } from '@gitops-actions/core/manifest';

/** How many files of how many commits one request reads. */
const BATCH = 100;
/** The answer is most often among the newest. */
const FIRST = 4;

/** Files as they stood at the commits of a line, read ahead for many commits at once. */
export class FileStates {
  readonly #repository: Pick<GitOpsRepository, 'readStates'>;
  readonly #head: Snapshot;
  readonly #signal: AbortSignal;
  /** By commit and path. */
  readonly #known = new Map<string, ManifestFile | undefined>();
  /** The files that were asked for so far, or will be. */
  readonly #files: Set<string>;
  #turn: Promise<unknown> = Promise.resolve();
  #reads = 0;

  /** @param files those that will be asked for */
  constructor(
    repository: Pick<GitOpsRepository, 'readStates'>,
    head: Snapshot,
    files: readonly string[],
    signal: AbortSignal,
  ) {
    this.#files = new Set(files);
    this.#repository = repository;
    this.#head = head;
    this.#signal = signal;
  }

  /**
   * A file as it stood after a commit; undefined when it did not exist.
   *
   * @param line commits, newest first: the first one's files are those of the head
   */
  read(line: readonly string[], index: number, file: string): Promise<ManifestFile | undefined> {
    this.#files.add(file);
    // Asked for together, read together: by then all files are named.
    const turn = this.#turn.then(() => this.#fill(line, index, file));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #fill(line: readonly string[], index: number, file: string): Promise<ManifestFile | undefined> {
    const commit = line[index];
    if (index === 0 || commit === undefined) return this.#head.files.find(({ path }) => path === file);
    if (!this.#known.has(keyOf(commit, file))) await this.#load(line.slice(index), file);
    return this.#known.get(keyOf(commit, file));
  }

  async #load(line: readonly string[], file: string): Promise<void> {
    const lacking = (path: string) => !this.#known.has(keyOf(line[0] ?? '', path));
    const files = [...this.#files].filter((path) => path === file || lacking(path));
    const most = Math.max(1, Math.floor(BATCH / files.length));
    const commits = line.slice(0, this.#reads++ === 0 ? Math.min(FIRST, most) : most);
    const states = await this.#repository.readStates(commits, files, this.#signal);
    for (const commit of commits)
      for (const path of files)
        this.#known.set(
          keyOf(commit, path),
          states.get(commit)?.find((one) => one.path === path),
        );
  }
}

function keyOf(commit: string, file: string): string {
  return `${commit}\n${file}`;
}
