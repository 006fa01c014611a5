/** Longest tag that a registry takes, in characters. */
export const OCI_TAG_LENGTH = 128;

/**
 * Whether a registry takes this text as a tag.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests
 */
export function isOciTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
}

/** The first character that may stand nowhere in a tag; undefined when there is none. */
export function foreignCharacter(text: string): string | undefined {
  return [...text].find((character) => !/^[A-Za-z0-9._-]$/.test(character));
}

/**
 * A branch or tag name as part of an image tag: each run of other characters becomes one `-`, letters keep their case.
 * The rule of docker/metadata-action (`sanitizeTag` in its src/meta.ts), so that `feature/x` is `feature-x` in both.
 */
export function toTagText(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '-');
}
