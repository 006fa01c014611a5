export { DATE_TOKENS, type DateToken, dateFormatProblem } from './date-format.ts';
export {
  type FluxImagePolicy,
  type FluxImagePolicyOptions,
  type FluxOrder,
  fluxImagePolicy,
  formatPolicy,
} from './flux-image-policy.ts';
export { type Format, parseFormat, placeholdersIn, renderFormat, textsIn } from './format.ts';
export type { IdsOf } from './format-shape.ts';
export { labelOf } from './label.ts';
export { foreignCharacter, isOciTag, OCI_TAG_LENGTH, toTagText } from './oci-tag.ts';
export { type OrderRule, orderReleases } from './order.ts';
export type { CommitPair } from './order-by-shape.ts';
export { overlaps } from './overlap.ts';
export { parseRelease, type ReleaseParts } from './parse-release.ts';
export {
  type DatePlaceholder,
  isPlaceholder,
  needsOf,
  PLACEHOLDERS,
  type Placeholder,
  placeholderProblem,
  placeholderValue,
  type ReleaseFacts,
  type ReleaseNeeds,
  readPlaceholder,
  type WrittenPlaceholder,
} from './placeholders.ts';
export type { ReleaseOrder } from './release-order.ts';
export { compareRuns, isLaterRun, type RunAttempt, type RunRevision } from './run-order.ts';
export { releaseSha, shortSha } from './short-sha.ts';
export { type ReleaseDates, writeDates } from './write-dates.ts';
