import type { Command, Finished } from './exec.ts';

/** What a command did instead of ending well. */
export interface CommandProblem {
  /** After the command line: `ended with exit code 128`. */
  readonly what: string;
  readonly finished?: Finished;
  /** `ENOENT` when there is no such program. */
  readonly code?: string;
  readonly cause?: unknown;
}

/** A program that failed. The message has its command line, what happened and the end of what it printed, no environment. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** Absent when it never ran. */
  readonly exitCode: number | undefined;
  readonly stderr: string;
  readonly code: string | undefined;

  constructor(command: Command, { what, finished, code, cause }: CommandProblem) {
    const printed = finished?.stderr.trim() ?? '';
    super(`${commandLine(command)} ${what}${printed && `: ${printed.slice(-2000)}`}`, { cause });
    this.exitCode = finished?.exitCode;
    this.stderr = finished?.stderr ?? '';
    this.code = code;
  }
}

/** A command for people to read; not for a shell. */
export function commandLine({ program, args }: Pick<Command, 'program' | 'args'>): string {
  return [program, ...args]
    .map((word) => (/^[\w@%+=:,./^-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}
