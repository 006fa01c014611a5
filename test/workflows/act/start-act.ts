import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { program } from '@gitops-actions/testkit';

/** How long act has to end its steps before it is ended itself. */
const GRACE = 10_000;
/** How long the pipes may stay open after act's end. */
const PIPES = 5000;

export interface ActProcess {
  readonly args: readonly string[];
  /** act and all it starts get this environment and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeout: number;
  /** Tells act to stop, as the end of `timeout` does. */
  readonly signal: AbortSignal;
}

export interface ActEnd {
  readonly exitCode: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

/** The Node that runs the tests: in host mode act takes `node` from the PATH. */
export const nodeFolder = dirname(process.execPath);

/** Runs act to its end. After `timeout` it is told to stop, as by a person, so that it ends its steps. */
export function startAct({ args, env, cwd, timeout, signal }: ActProcess): Promise<ActEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program('act', 'act'), args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    let timedOut = false;
    let killer: NodeJS.Timeout | undefined;
    const stop = () => {
      timedOut = true;
      child.kill('SIGINT');
      killer = setTimeout(() => child.kill('SIGKILL'), GRACE);
    };
    const limit = setTimeout(stop, timeout);
    signal.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    const settle = () => {
      clearTimeout(limit);
      clearTimeout(killer);
      signal.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    const end = (exitCode: number | null) => {
      settle();
      resolve({ exitCode, output: Buffer.concat(output).toString(), timedOut });
    };
    child.on('close', end);
    // A step that lives on holds the pipes open.
    child.on('exit', (exitCode) => setTimeout(end, PIPES, exitCode).unref());
  });
}
