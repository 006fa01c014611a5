/** A program to run. Arguments are handed over one by one; there is no shell in between. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment of the program: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Default: this process's own folder. */
  readonly cwd?: string;
  /** Written to its standard input, which is closed then. */
  readonly input?: string | Uint8Array;
  /** Stops the program and those it started: SIGTERM, and SIGKILL when one is still there after `grace`. */
  readonly signal: AbortSignal;
  /** Milliseconds; default 5000. */
  readonly grace?: number;
  /** Takes standard output piece by piece, as it comes: for what runs until it is stopped. Nothing of it is kept then. */
  readonly onOutput?: (piece: Buffer) => void;
  /** How many bytes of standard output are taken before the program is stopped; default 256 MiB. */
  readonly outputLimit?: number;
}

/** A program that has ended by itself, whatever its exit code. */
export interface Finished {
  readonly exitCode: number;
  /** Empty when `onOutput` took it. */
  readonly stdout: Buffer;
  /** The last 64 KiB. */
  readonly stderr: string;
}

/**
 * Runs a program to its end. Once it settles, the program is gone.
 *
 * @throws CommandFailed when it cannot be started, prints too much or is killed by somebody else
 * @throws the signal's reason when it was aborted
 */
export type Exec = (command: Command) => Promise<Finished>;
