/** A program that runs for as long as its cluster does. */
export interface ProgramSpec {
  /** Unique among those of one supervisor. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its output is appended here. */
  readonly log: string;
}

/** What the supervisor is told; it answers each order with its number. */
export type Order = { readonly id: number } & (
  | { readonly start: ProgramSpec }
  | { readonly stop: string; readonly signal: NodeJS.Signals }
);

/** What the supervisor says. */
export type Report =
  | { readonly done: number; readonly error?: string }
  /** A program ended that nobody stopped. */
  | { readonly lost: string; readonly how: string };
