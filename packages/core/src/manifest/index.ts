export { applyPlaces, type Change, type Decision, type Manifests } from './apply-places.ts';
export { type Found, findPlaces, type Wanted } from './find-places.ts';
export type { ManifestFile } from './manifest-files.ts';
export type { Place, PlannedValue } from './places.ts';
export { isPlainSafe } from './quoting.ts';
export { unifiedDiff } from './unified-diff.ts';
export { parseValueTarget, type ValueTarget } from './value-target.ts';
