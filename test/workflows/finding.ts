import { execFile } from 'node:child_process';

/** What a checker says of one place. */
export interface Finding {
  /** Its name for the kind of problem. */
  readonly kind: string;
  /** `file:line: what is wrong`. */
  readonly text: string;
}

/** Runs a checker whose exit code tells of findings; what it printed. Rejects when it could not do its work. */
export function runChecker(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      // Without a finding they print an empty list as well.
      if (stdout.trim().startsWith('[')) resolve(stdout);
      else reject(new Error(`${program} failed: ${stderr}`, { cause: error }));
    });
  });
}

/** The texts alone, for a test's message. */
export const texts = (findings: readonly Finding[]): readonly string[] => findings.map(({ text }) => text);
