import type { Node } from 'yaml';
import type { ImageTarget } from '../image/index.ts';
import type { Edits } from './edits.ts';
import type { Part } from './manifest-files.ts';
import type { BlockedMark } from './marks.ts';
import type { ValueTarget } from './value-target.ts';

/** One value that is to be set. */
export interface PlannedValue {
  /** From 1. */
  readonly line: number;
  readonly path: string;
  /** As it was written; empty when there is no value yet. */
  readonly from: string;
  readonly to: string;
  readonly isUpdated: boolean;
}

/** Values that are set together or not at all: a reference, the tag and digest of one map, or one value of `values`. */
export interface Place {
  readonly target: ImageTarget | ValueTarget;
  readonly file: string;
  /** Of the first value, from 1. */
  readonly line: number;
  readonly path: string;
  /** The release (tag, else digest) that stands here; undefined for `values`, and where none stands. */
  readonly current: string | undefined;
  /** The release that is to stand here; of `values` only where a `blocked` mark stands: the text. */
  readonly release: string | undefined;
  /** Reason of a `hold` mark, which may be empty; undefined when there is none. */
  readonly hold: string | undefined;
  /** A `blocked` mark: that release and older ones must not be written. */
  readonly blocked: BlockedMark | undefined;
  /** One sentence that a person should read, such as that Flux writes here too. */
  readonly warning: string | undefined;
  readonly values: readonly PlannedValue[];
  /** What a mark is about: it stands on the line of one of them, of the first that can have it. */
  readonly nodes: readonly Node[];
  readonly part: Part;
  /** Plans the edits. @throws ConfigurationError with file and line where writing would touch more than was asked */
  readonly write: (edits: Edits) => void;
}
