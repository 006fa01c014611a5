import {
  type GitOpsRepository,
  type OrderGuard,
  type RepositoryFile,
  releasedIn,
  type Step,
  trailerOf,
} from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import { releaseOf } from '@gitops-actions/core/manifest';
import { referencesIn } from './file-references.ts';
import { isSameImage } from './running-images.ts';

/** In how many states before the wanted commit a release is looked for. */
const MOST_STATES = 50;

/** A commit, and its messages with those of what it merged. */
export interface Writer {
  readonly id: string;
  readonly messages: readonly string[];
}

/** What took the place of an image in files. */
export interface Taken {
  readonly files: readonly string[];
  /** As it stood in the file: with its tag, where a digest alone is expected. */
  readonly was: ImageReference;
  readonly by: ImageReference;
}

/** What tells a newer release from one that was brought back. */
export interface NewerOptions {
  readonly repository: Pick<GitOpsRepository, 'readStates'>;
  /** Orders releases as the writers of manifests do. */
  readonly guard: OrderGuard;
  /** This run's workflow, as the trailer `Source-Workflow` has it; empty when it is not known. */
  readonly workflow: string;
  /** Commits that changed the files, from the wanted one backwards. */
  readonly earlier: readonly Step[];
}

/**
 * Whether what took the place of a release surely is a newer one. What stood in one of the files before this release is
 * none: it was brought back, whatever its id says, and whoever did it. Then update-manifest's own order says; where it does
 * not know, that a commit since then released it.
 */
export async function isNewerRelease(
  taken: Taken,
  writer: Writer | undefined,
  options: NewerOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { files, was, by } = taken;
  const { guard, workflow } = options;
  if (await stoodBefore(taken, options, signal)) return false;
  const order = await guard(files[0] ?? '', releaseOf(by), releaseOf(was));
  if (order === 'older') return true;
  if (writer === undefined || !writer.messages.flatMap(releasedIn).includes(releaseOf(by))) return false;
  const workflows = writer.messages.flatMap((message) => trailerOf(message, 'Source-Workflow') ?? []);
  const isOther = workflow !== '' && workflows.length > 0 && !workflows.includes(workflow);
  return order === 'unknown' || isOther;
}

async function stoodBefore(
  { files, by }: Taken,
  { repository, earlier }: NewerOptions,
  signal: AbortSignal,
): Promise<boolean> {
  // The first of them has the wanted release.
  const commits = earlier.slice(1, MOST_STATES + 1).map(({ id }) => id);
  if (commits.length === 0) return false;
  const states = await repository.readStates(commits, files, signal);
  const has = (one: RepositoryFile) => referencesIn(one, by).some((reference) => isSameImage(by, reference));
  return [...states.values()].some((stood) => stood.some(has));
}
