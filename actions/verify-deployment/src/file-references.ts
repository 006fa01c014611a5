import { ConfigurationError } from '@gitops-actions/core/action';
import type { RepositoryFile } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import { readImages, releaseOf } from '@gitops-actions/core/manifest';

/** The versions of an image in a file, once for each place; a file that cannot be read has none. */
export function referencesIn(
  file: RepositoryFile,
  { name, written }: ImageReference,
): readonly ImageReference[] {
  if (file.mode !== 'regular') return [];
  try {
    return readImages([file])
      .filter(({ names, reference }) => names.includes(name) && releaseOf(reference) !== '')
      .map(({ reference }) => ({ ...reference, name, written }));
  } catch (error) {
    if (error instanceof ConfigurationError) return [];
    throw error;
  }
}
