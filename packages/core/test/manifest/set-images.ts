import type { ImageTarget } from '../../src/image/index.ts';
import { applyPlaces, findPlaces, type ManifestFile, type Manifests } from '../../src/manifest/index.ts';

/**
 * Sets images in manifests wherever no `hold` mark stands, changing no byte that was not asked to change. Pure.
 *
 * @param files YAML or JSON, UTF-8
 * @throws ConfigurationError when an image stands nowhere, or at a place that cannot be set without touching more
 */
export function setImages(files: readonly ManifestFile[], targets: readonly ImageTarget[]): Manifests {
  return applyPlaces(findPlaces(files, { images: targets }), () => 'write');
}
