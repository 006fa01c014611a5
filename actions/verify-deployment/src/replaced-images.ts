import { shortCommit } from '@gitops-actions/core/controller';
import {
  type GitOpsRepository,
  type OrderGuard,
  type RepositoryFile,
  releasesIn,
  type Step,
} from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import { releaseOf } from '@gitops-actions/core/manifest';
import { referencesIn } from './file-references.ts';
import { isNewerRelease, type Taken, type Writer } from './newer-release.ts';
import type { Carried, Replacement } from './replacement.ts';
import { isOtherImage, isSameImage } from './running-images.ts';

/** What replacements are looked for with. */
export interface ReplacedOptions {
  readonly repository: Pick<GitOpsRepository, 'read' | 'readAt' | 'readStates' | 'steps'>;
  /** The wanted commit; full id. */
  readonly commit: string;
  /** Expected images. */
  readonly images: readonly ImageReference[];
  /** Orders releases as the writers of manifests do. */
  readonly guard: OrderGuard;
  /** This run's workflow, as the trailer `Source-Workflow` has it; empty when it is not known. */
  readonly workflow: string;
}

/**
 * Expected images that stood at the wanted commit, and in whose place the revision has another release everywhere; and
 * whether that surely is a newer one.
 *
 * @throws ConfigurationError when the repository cannot be read
 */
export async function findReplaced(
  { repository, commit, images, ...order }: ReplacedOptions,
  { revision, paths }: Carried,
  signal: AbortSignal,
): Promise<readonly Replacement[]> {
  if (images.length === 0 || paths.length === 0 || revision === commit) return [];
  await repository.read([], signal);
  const earlier = await stepsTo(repository, commit, paths, signal);
  const writers = await writersSince(repository, earlier, { commit, revision, paths }, signal);
  if (writers?.length === 0) return [];
  const before = await repository.readAt(commit, paths, signal);
  const after = await repository.readAt(revision, paths, signal);
  const found = images.flatMap((image) => replacedIn(image, before.files, after.files));
  return Promise.all(
    found.map(async ({ image, ...taken }) => {
      const { by } = taken;
      const writer = writers?.find(({ messages }) => messages.flatMap(releasesIn).includes(releaseOf(by)));
      const isNewer = await isNewerRelease(taken, writer, { repository, earlier, ...order }, signal);
      const id = writer?.id ?? (writers?.length === 1 ? writers[0]?.id : undefined) ?? revision;
      return { image, by, where: `commit ${shortCommit(id)}`, isNewer };
    }),
  );
}

/** @returns the newest commits that led to the wanted one, newest first */
async function stepsTo(
  repository: Pick<GitOpsRepository, 'steps'>,
  commit: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly Step[]> {
  const { value } = await repository.steps(commit, paths, signal).next();
  return typeof value === 'string' || value === undefined ? [] : value;
}

/** @returns newest first; undefined when the wanted commit is not found on the branch's own line */
async function writersSince(
  repository: Pick<GitOpsRepository, 'steps'>,
  [last]: readonly Step[],
  { commit, revision, paths }: Carried & { readonly commit: string },
  signal: AbortSignal,
): Promise<readonly Writer[] | undefined> {
  const writers: Writer[] = [];
  for await (const page of repository.steps(revision, paths, signal))
    for (const { id, message, brought } of page) {
      if (id === last?.id || id === commit) return writers;
      writers.push({ id, messages: [message, ...brought] });
    }
  return undefined;
}

interface Replaced extends Taken {
  readonly image: ImageReference;
}

/** Where one file still has it, nothing was replaced: it may be the one that counts. */
function replacedIn(
  image: ImageReference,
  before: readonly RepositoryFile[],
  after: readonly RepositoryFile[],
): readonly Replaced[] {
  const holders = before.flatMap((file) => {
    const stood = referencesIn(file, image);
    const was = stood.find((one) => isSameImage(image, one));
    return was === undefined ? [] : [{ file: file.path, stood, was }];
  });
  const replaced = holders.map(({ file, stood, was }) => {
    const same = after.find(({ path }) => path === file);
    const now = same === undefined ? [] : referencesIn(same, image);
    const isElsewhere = now.every((one) => isOtherImage(image, one));
    return isElsewhere ? added(stood, now).map((by) => ({ file, was, by })) : [];
  });
  if (replaced.some(({ length }) => length === 0)) return [];
  const alike = Object.values(Object.groupBy(replaced.flat(), ({ by }) => versionOf(by)));
  return alike.flatMap((places = []) => {
    const [first] = places;
    return first === undefined ? [] : [{ ...first, image, files: places.map(({ file }) => file) }];
  });
}

/** What stands at other places of the file took no place. */
function added(stood: readonly ImageReference[], now: readonly ImageReference[]): readonly ImageReference[] {
  const rest = stood.map(versionOf);
  return now.filter((one) => {
    const index = rest.indexOf(versionOf(one));
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

function versionOf({ tag, digest }: ImageReference): string {
  return `${tag}@${digest}`;
}
