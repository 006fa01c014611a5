/** One step of a job that uses an action of somebody else, or one call of a program that hosted runners carry. */
export interface Call {
  /** By the names of action.yml; an input that is not given is empty. */
  input(name: string): string;
  /** A program's arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a step leaves behind. */
export interface Answer {
  readonly outputs?: Readonly<Record<string, string>>;
  /** For the steps after it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: string;
}

/** Does on loopback what the action does; a thrown error fails the step. */
export type Double = (call: Call) => Answer | Promise<Answer>;

/** A list of lines, as docker's actions take them. */
export const lines = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
