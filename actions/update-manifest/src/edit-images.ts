import { ConfigurationError, type Run } from '@gitops-actions/core/action';
import {
  type CommitMessage,
  type Edit,
  type PathSpec,
  releaseTrailers,
  type Snapshot,
} from '@gitops-actions/core/gitops';
import type { ImageTarget } from '@gitops-actions/core/image';
import { type Change, setImages } from '@gitops-actions/core/manifest';

/** The edit that sets the images in a snapshot; pure, so that it can be done again on a fresh head. */
export function editImages(
  paths: PathSpec,
  images: readonly ImageTarget[],
  run: Run,
): (snapshot: Snapshot) => Edit<readonly Change[]> {
  const message = commitMessage(images, run);
  return (snapshot) => {
    if (images.length === 0) return { changes: [], message, result: [] };
    const files = snapshot.files.filter(({ path, mode }) => {
      const isNamed = paths.includes(path);
      if (isNamed && mode !== 'regular')
        throw new ConfigurationError(
          `${path} is not a regular file but ${mode}; name the file itself in "path".`,
        );
      return isNamed || (mode === 'regular' && /\.(?:ya?ml|json)$/i.test(path));
    });
    if (files.length === 0) throw nothingToRead(paths);
    const manifests = setImages(files, images);
    return { changes: manifests.files, message, result: manifests.changes };
  };
}

function commitMessage(images: readonly ImageTarget[], run: Run): CommitMessage {
  const releases = images.map(({ reference }) => reference.tag ?? reference.digest ?? '');
  const names = images.map(({ reference }) =>
    reference.written.slice(reference.written.lastIndexOf('/') + 1),
  );
  const [first, ...more] = new Set(releases);
  const what = names.length > 3 ? `${names.length} images` : names.join(', ');
  return {
    headline: `Release ${what} ${more.length > 0 ? '' : (first ?? '')}`.trim().slice(0, 200),
    body: releaseTrailers(releases, run),
  };
}

function nothingToRead(paths: PathSpec): ConfigurationError {
  const names = paths.map((path) => path || '.').join(', ');
  return new ConfigurationError(
    `Input "path" (${names}) matches no YAML or JSON file in the GitOps repository; correct the path, or the branch.`,
  );
}
