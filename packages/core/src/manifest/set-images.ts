import type { ImageTarget } from '../image/index.ts';
import { applyPlaces, type Manifests } from './apply-places.ts';
import { findPlaces } from './find-places.ts';
import type { ManifestFile } from './manifest-files.ts';

/**
 * Sets images in manifests wherever no `hold` mark stands, changing no byte that was not asked to change. Pure.
 *
 * @param files YAML or JSON, UTF-8
 * @throws ConfigurationError when an image stands nowhere, or at a place that cannot be set without touching more
 */
export function setImages(files: readonly ManifestFile[], targets: readonly ImageTarget[]): Manifests {
  return applyPlaces(findPlaces(files, { images: targets }), () => 'write');
}
