import type { WorkloadKind, WorkloadKinds } from './workload-kinds.ts';

/** A workload by its name. */
export interface WorkloadName {
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** Parses `statefulset/db`; without a kind the first is meant. */
export function parseWorkloadName(text: string, kinds: WorkloadKinds): WorkloadName {
  const kind = kinds.find(({ word }) => text.startsWith(`${word}/`));
  return kind === undefined
    ? { kind: kinds[0], name: text }
    : { kind, name: text.slice(kind.word.length + 1) };
}

/** As an input names it: `statefulset/db`. */
export function writeWorkloadName({ kind, name }: WorkloadName): string {
  return `${kind.word}/${name}`;
}
