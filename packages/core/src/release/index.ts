export { type Format, parseFormat, placeholdersIn, renderFormat, textsIn } from './format.ts';
export { labelOf } from './label.ts';
export { foreignCharacter, isOciTag, OCI_TAG_LENGTH, toTagText } from './oci-tag.ts';
export { type CommitPair, type OrderRule, orderReleases, type ReleaseOrder } from './order.ts';
export {
  isPlaceholder,
  PLACEHOLDERS,
  type Placeholder,
  placeholderValue,
  type ReleaseFacts,
} from './placeholders.ts';
export { releaseSha, shortSha } from './short-sha.ts';
