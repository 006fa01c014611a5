import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { CommandFailed } from './command-failed.ts';
import type { Command, Finished } from './exec.ts';

const GRACE = 5000;
const OUTPUT_LIMIT = 256 * 1024 * 1024;
const STDERR_KEPT = 64 * 1024;
const HAS_GROUPS = process.platform !== 'win32';

/** `Exec` on Node's own spawn: the official toolkit's exec cannot be cancelled. */
export function spawnExec(command: Command): Promise<Finished> {
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  const { program, args, env, cwd, signal } = command;
  if (signal.aborted) return Promise.reject(signal.reason);
  // A group of its own, because the programs it starts must go with it.
  const child = spawn(program, args, { env, cwd, windowsHide: true, detached: HAS_GROUPS });
  const output = collect(child, command);
  const settle = stopOnAbort(child, signal, command.grace ?? GRACE);
  child.once('error', (error: NodeJS.ErrnoException) => {
    settle();
    const code = error.code ?? '';
    reject(
      new CommandFailed(command, {
        what: `cannot be started (${code || error.message})`,
        code,
        cause: error,
      }),
    );
  });
  child.once('close', (exitCode, killedBy) => {
    settle();
    const { stdout, stderr, isTooLong } = output();
    const finished = { exitCode: exitCode ?? -1, stdout, stderr };
    if (signal.aborted) reject(signal.reason);
    else if (isTooLong) reject(new CommandFailed(command, { what: 'printed more than is taken', finished }));
    else if (exitCode === null)
      reject(new CommandFailed(command, { what: `was killed (${killedBy})`, finished }));
    else resolve(finished);
  });
  // A program may end without reading everything; its exit code says whether that matters.
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.input ?? '');
  return promise;
}

function collect(
  child: ChildProcessWithoutNullStreams,
  { onOutput, outputLimit: limit = OUTPUT_LIMIT }: Pick<Command, 'onOutput' | 'outputLimit'>,
) {
  const chunks: Buffer[] = [];
  let length = 0;
  let stderr = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (onOutput) return onOutput(chunk);
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else kill(child, 'SIGKILL');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-STDERR_KEPT);
  });
  return () => ({ stdout: Buffer.concat(chunks), stderr: stderr.toString(), isTooLong: length > limit });
}

function stopOnAbort(child: ChildProcessWithoutNullStreams, signal: AbortSignal, grace: number): () => void {
  let last: NodeJS.Timeout | undefined;
  const stop = () => {
    kill(child, 'SIGTERM');
    last = setTimeout(() => kill(child, 'SIGKILL'), grace);
  };
  signal.addEventListener('abort', stop, { once: true });
  return () => {
    signal.removeEventListener('abort', stop);
    clearTimeout(last);
  };
}

/** Signals the program and all that it started. */
function kill(child: ChildProcessWithoutNullStreams, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended in the meantime.
  }
}
