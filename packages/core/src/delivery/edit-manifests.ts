import type { CommitMessage, Edit, GitOpsRepository, PathSpec, Snapshot } from '../gitops/index.ts';
import type { ImageTarget } from '../image/index.ts';
import {
  addressSentence,
  applyPlaces,
  type Change,
  type Decision,
  type Found,
  findPlaces,
  type Manifests,
  type Place,
  unifiedDiff,
  type ValueTarget,
} from '../manifest/index.ts';
import { decidePlaces, type Judge } from './decide-places.ts';
import { readableFiles } from './readable-files.ts';

/** What is to be written, and how it is judged. */
export interface EditOptions {
  readonly paths: PathSpec;
  readonly images: readonly ImageTarget[];
  readonly values: readonly ValueTarget[];
  readonly addMissing: boolean;
  /** Of a commit that writes these of the images, and values. */
  readonly message: (written: readonly ImageTarget[]) => CommitMessage;
  /** Judges places of a branch by its own history. */
  readonly judgeOf: (branch: GitOpsRepository) => Judge;
}

/** What an edit did, or would do. */
export interface Edited {
  readonly changes: readonly Change[];
  /** Unified diff; empty when nothing changes. */
  readonly diff: string;
}

/** What an edit of images and values did, or would do. */
export interface EditedManifests extends Edited {
  /** Those of the images that stand at all their places then, for nowhere is a newer release or a hold. */
  readonly standing: readonly ImageTarget[];
}

/** An edit of a snapshot of a branch. */
export type ManifestEdit<Result extends Edited = Edited> = (
  snapshot: Snapshot,
  branch: GitOpsRepository,
) => Promise<Edit<Result>>;

/** The edit that writes images and values into a snapshot; done again on a fresh head after a conflict. */
export function editManifests(options: EditOptions): ManifestEdit<EditedManifests> {
  return async (snapshot, branch) => {
    const { images, values, addMissing, message } = options;
    if (images.length === 0 && values.length === 0)
      return { changes: [], message: message([]), result: { changes: [], diff: '', standing: [] } };
    const files = readableFiles(snapshot, { ...options, name: branch.name });
    const found = findPlaces(files, { images, values, addMissing });
    const judge = options.judgeOf(branch);
    const decisions = await decidePlaces(found.places, judge);
    const written = applyPlaces(found, (place) => decisions.get(place) ?? 'write');
    const targets = writtenTargets(found, decisions);
    for (const sentence of leftAlone(found, targets)) judge.log.notice(sentence);
    const left = leftTargets(found, decisions);
    const standing = images.filter((one) => !left.has(one));
    const result = { changes: written.changes, diff: diffOf(snapshot, written.files), standing };
    return { changes: written.files, message: message(images.filter((one) => targets.has(one))), result };
  };
}

type Decisions = ReadonlyMap<Place, Decision>;

/** What changes somewhere. */
function writtenTargets({ places }: Found, decisions: Decisions): ReadonlySet<unknown> {
  const written = places.filter(
    (place) => !isLeft(decisions.get(place)) && place.values.some(({ isUpdated }) => isUpdated),
  );
  return new Set(written.map(({ target }) => target));
}

/** What a newer release or a hold keeps out somewhere. */
function leftTargets({ places }: Found, decisions: Decisions): ReadonlySet<unknown> {
  return new Set(places.filter((place) => isLeft(decisions.get(place))).map(({ target }) => target));
}

const isLeft = (decision: Decision | undefined): boolean => decision === 'held' || decision === 'superseded';

/** Sentences on what may be another place of an image that is written. */
function leftAlone({ addresses }: Found, targets: ReadonlySet<unknown>): readonly string[] {
  return addresses
    .filter(({ target }) => targets.has(target))
    .map((address) => `${addressSentence(address)}; it is left alone.`);
}

/** The unified diff of files of a snapshot against their new texts; empty when nothing changes. */
export function diffOf(snapshot: Snapshot, changed: Manifests['files']): string {
  return changed
    .map(({ path, content }) => {
      const before = snapshot.files.find((file) => file.path === path)?.content.toString('utf8') ?? '';
      return unifiedDiff(path, before, content);
    })
    .join('');
}
