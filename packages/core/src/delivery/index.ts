export { askRegistry, type RegistryCheck } from './ask-registry.ts';
export { decidePlaces, isHeld, type Judge } from './decide-places.ts';
export { type DeliverOptions, deliver } from './deliver.ts';
export {
  diffOf,
  type Edited,
  type EditedManifests,
  type EditOptions,
  editManifests,
  type ManifestEdit,
} from './edit-manifests.ts';
export { judgeBy, type OrderInputs } from './judge.ts';
export { commitMessage, namesOf, readMessage, renderMessage } from './message.ts';
export { readImageNames } from './names-input.ts';
export { onlyOnce } from './only-once.ts';
export { openTarget } from './open-target.ts';
export { readOrder } from './order-input.ts';
export type { Outcome } from './outcome.ts';
export { outputsOf } from './outputs.ts';
export { readPaths } from './paths-input.ts';
export { readableFiles } from './readable-files.ts';
export { readRegistry } from './registry-input.ts';
export { readStrategy, type Strategy } from './strategy.ts';
export { commitLink, summarize } from './summary.ts';
export { readTarget, remoteOf, type Target } from './target.ts';
