import { runProcess } from '../run-action/process.ts';

/** What a program printed. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end with this environment and no other.
 *
 * @throws Error with what it printed, when its exit code is not 0 or it takes longer than a minute
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<ProgramOutput> {
  const { exitCode, signal, stdout, stderr } = await runProcess(file, args, { cwd, env: { ...env } }, {});
  if (exitCode === 0) return { stdout, stderr };
  const how = signal ?? `exit code ${exitCode}`;
  throw new Error(`${file} ${args.join(' ')} ended with ${how}: ${stderr.trim() || stdout.trim()}`);
}
