import { execFileSync, spawn } from 'node:child_process';
import { devNull } from 'node:os';

export interface GitOptions {
  cwd?: string;
  /** Written to its standard input. */
  input?: string | Uint8Array;
  /** Added to the clean environment. */
  env?: Record<string, string>;
}

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** An environment in which git sees no configuration, identity or credentials of the machine. */
export function gitEnvironment(env: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Octo Cat',
    GIT_AUTHOR_EMAIL: 'octocat@example.com',
    GIT_COMMITTER_NAME: 'Octo Cat',
    GIT_COMMITTER_EMAIL: 'octocat@example.com',
    ...env,
  };
}

/** Runs git and gives its exit code and what it printed; rejects only when git cannot be started. */
export function gitResult(args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: options.cwd, env: gitEnvironment(options.env) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs git; what it printed, as bytes. Rejects with git's own words when it fails. */
export async function gitBytes(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const result = await gitResult(args, options);
  if (result.code === 0) return result.stdout;
  throw new Error(`git ${args.join(' ')} failed with exit code ${result.code}: ${result.stderr.trim()}`);
}

/**
 * Runs git with a clean environment: no global configuration, no prompts, a fixed identity.
 *
 * @returns its standard output as text
 * @throws Error with git's own words when it fails
 */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await gitBytes(args, options)).toString();
}

/** For small reads where the caller cannot wait: webhook payloads are plain values. */
export function gitSync(args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  return execFileSync('git', args, { cwd, env: gitEnvironment(env), maxBuffer: 64 * 1024 * 1024 }).toString();
}
