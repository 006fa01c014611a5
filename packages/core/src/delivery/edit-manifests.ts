import { ConfigurationError } from '../action/index.ts';
import type { CommitMessage, Edit, GitOpsRepository, PathSpec, Snapshot } from '../gitops/index.ts';
import type { ImageTarget } from '../image/index.ts';
import {
  applyPlaces,
  type Change,
  findPlaces,
  type Manifests,
  unifiedDiff,
  type ValueTarget,
} from '../manifest/index.ts';
import { decidePlaces, type Judge } from './decide-places.ts';

/** What is to be written, and how it is judged. */
export interface EditOptions {
  readonly paths: PathSpec;
  readonly images: readonly ImageTarget[];
  readonly values: readonly ValueTarget[];
  readonly addMissing: boolean;
  readonly message: CommitMessage;
  /** Judges places of a branch by its own history. */
  readonly judgeOf: (branch: GitOpsRepository) => Judge;
}

/** What an edit did, or would do. */
export interface Edited {
  readonly changes: readonly Change[];
  /** Unified diff; empty when nothing changes. */
  readonly diff: string;
}

/** An edit of a snapshot of a branch. */
export type ManifestEdit = (snapshot: Snapshot, branch: GitOpsRepository) => Promise<Edit<Edited>>;

/** The edit that writes images and values into a snapshot; done again on a fresh head after a conflict. */
export function editManifests(options: EditOptions): ManifestEdit {
  return async (snapshot, branch) => {
    const { images, values, addMissing, message } = options;
    if (images.length === 0 && values.length === 0)
      return { changes: [], message, result: { changes: [], diff: '' } };
    const found = findPlaces(readableFiles(snapshot, options), { images, values, addMissing });
    const decisions = await decidePlaces(found.places, options.judgeOf(branch));
    const { files, changes } = applyPlaces(found, (place) => decisions.get(place) ?? 'write');
    return { changes: files, message, result: { changes, diff: diffOf(snapshot, files) } };
  };
}

function diffOf(snapshot: Snapshot, changed: Manifests['files']): string {
  return changed
    .map(({ path, content }) => {
      const before = snapshot.files.find((file) => file.path === path)?.content.toString('utf8') ?? '';
      return unifiedDiff(path, before, content);
    })
    .join('');
}

function readableFiles(snapshot: Snapshot, { paths, values }: EditOptions) {
  const named = new Set([...paths, ...values.map(({ file }) => file)]);
  const files = snapshot.files.filter(({ path, mode }) => {
    if (named.has(path) && mode !== 'regular') {
      throw new ConfigurationError(`${path} is not a regular file but ${mode}; name the file itself.`);
    }
    return named.has(path) || (mode === 'regular' && /\.(?:ya?ml|json)$/i.test(path));
  });
  const missing = values.find(({ file }) => !files.some(({ path }) => path === file));
  if (missing !== undefined) {
    throw new ConfigurationError(
      `Input "values" names ${missing.file}, which is not in the repository; correct the path, or the branch.`,
    );
  }
  if (files.length > 0) return files;
  const names = paths.map((path) => path || '.').join(', ');
  throw new ConfigurationError(
    `Input "path" (${names}) matches no YAML or JSON file in the GitOps repository; correct the path, or the branch.`,
  );
}
