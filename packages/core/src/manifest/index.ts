export { isPlainSafe } from './quoting.ts';
export { type ManifestFile, type Manifests, setImages } from './set-images.ts';
export type { Change } from './set-places.ts';
