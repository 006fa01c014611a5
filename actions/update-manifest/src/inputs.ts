import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import {
  type GitOpsTarget,
  type PathSpec,
  parsePathSpec,
  readGitOpsTarget,
} from '@gitops-actions/core/gitops';
import { type ImageTarget, parseImageTarget, targetKey } from '@gitops-actions/core/image';

export interface Inputs {
  readonly target: GitOpsTarget;
  readonly paths: PathSpec;
  readonly images: readonly ImageTarget[];
  /** Milliseconds. */
  readonly deadline: number;
}

export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const target = readGitOpsTarget(reader, run, token);
  const paths = parsePathSpec(reader.list('path'), 'path');
  const images = reader.list('images').map(readImage);
  const deadline = reader.duration('deadline');
  if (paths.length === 0)
    throw new ConfigurationError(
      'Input "path" is empty; name the files, folders or globs that hold the images.',
    );
  refuseTwice(images);
  return { target, paths, images, deadline };
}

function readImage(text: string): ImageTarget {
  const image = parseImageTarget(text);
  if (image === undefined)
    throw illegal(
      'images',
      text,
      'an image reference with a tag or digest, such as ghcr.io/acme/orders:v1.0.42',
    );
  return image;
}

function refuseTwice(images: readonly ImageTarget[]): void {
  const seen = new Set<string>();
  for (const image of images) {
    const key = targetKey(image);
    if (seen.has(key))
      throw new ConfigurationError(
        `Input "images" names ${image.kustomizeName ?? image.reference.written} twice; name each image once.`,
      );
    seen.add(key);
  }
}
