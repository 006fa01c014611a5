import type { InputReader } from '@gitops-actions/core/action';

/** Which pull requests get a preview. */
export interface Gates {
  /** A pull request must have all of these. */
  readonly onlyLabels: readonly string[];
  /** A pull request must have none of these. */
  readonly skipLabels: readonly string[];
  readonly skipDrafts: boolean;
  /** How many pull requests may have previews at a time; 0 for any number. */
  readonly maxPreviews: number;
}

/** Reads the inputs that say which pull requests get a preview. */
export function readGates(reader: InputReader): Gates {
  return {
    onlyLabels: reader.list('only-labels'),
    skipLabels: reader.list('skip-labels'),
    skipDrafts: reader.flag('skip-drafts'),
    maxPreviews: reader.integer('max-previews', 0) ?? 0,
  };
}
