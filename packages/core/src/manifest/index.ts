export { applyPlaces, type Change, type Decision, type Manifests } from './apply-places.ts';
export { addressSentence, type FoundAddress } from './find-addresses.ts';
export { type Found, findPlaces, type Wanted } from './find-places.ts';
export type { ManifestFile } from './manifest-files.ts';
export type { Place, PlannedValue } from './places.ts';
export { isPlainSafe } from './quoting.ts';
export { type ReadImage, readImages } from './read-images.ts';
export {
  imagesOfReleases,
  referenceText,
  releaseOf,
  type StandingImage,
  standingReferences,
  versionText,
} from './standing-images.ts';
export { unifiedDiff } from './unified-diff.ts';
export { parseValueTarget, type ValueTarget } from './value-target.ts';
export { type BlockedRelease, markText } from './write-marks.ts';
