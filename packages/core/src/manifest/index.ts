export type { ImageTarget } from './find-images.ts';
export { type ImageReference, normalizeImageName, parseImageReference } from './image-reference.ts';
export { isPlainSafe } from './quoting.ts';
export { type ManifestFile, type Manifests, parseImageTarget, setImages, targetKey } from './set-images.ts';
export type { Change } from './set-places.ts';
