import { spawn } from 'node:child_process';
import type { RunActionOptions } from './types.ts';

export interface ProcessResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
  timedOut: boolean;
}

type Options = Pick<RunActionOptions, 'signal' | 'kill' | 'timeout' | 'onStdout'>;

const DEFAULT_TIMEOUT_MS = 60_000;

/** Runs a program to its end, or until it is told to stop. */
export function runProcess(
  command: string,
  args: readonly string[],
  where: { cwd: string; env: Record<string, string> },
  { signal, kill, timeout = DEFAULT_TIMEOUT_MS, onStdout }: Options,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let timedOut = false;
    const interrupt = () => child.kill('SIGINT');
    const killer = kill && setTimeout(() => child.kill(kill.signal ?? 'SIGINT'), kill.after);
    const limit = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeout);
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted) interrupt();
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout.push(chunk);
      onStdout?.(chunk.toString());
    });
    child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
    const settle = () => {
      clearTimeout(limit);
      clearTimeout(killer);
      signal?.removeEventListener('abort', interrupt);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (exitCode, endedBy) => {
      settle();
      const stdout = Buffer.concat(output.stdout).toString();
      const stderr = Buffer.concat(output.stderr).toString();
      resolve({ exitCode, signal: endedBy, stdout, stderr, ms: performance.now() - started, timedOut });
    });
  });
}
