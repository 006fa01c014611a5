import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { formatDuration } from '../action/index.ts';
import type { RegistryAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import { LookupProblem } from './lookup-problem.ts';

/** What a program printed and how it ended; undefined when there is no such program. */
export type HelperRun = { readonly exitCode: number | null; readonly output: string } | undefined;

/** Runs a program without a shell; `input` goes to its standard input. */
export type RunHelper = (
  program: string,
  args: readonly string[],
  options: { readonly input: string; readonly cwd: string; readonly signal: AbortSignal },
) => Promise<HelperRun>;

/** Milliseconds a helper may take; some ask a cloud for a token. */
const LONGEST_RUN = 30_000;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Asks `docker-credential-<helper> get` for the credentials of a registry, as Docker does.
 * https://github.com/docker/docker-credential-helpers#development
 *
 * @param configPath Docker's configuration, whose folder the program runs in: never the checkout
 * @returns undefined when the helper has none
 * @throws LookupProblem when the name is no program's, or the program is missing or fails; nothing it printed is shown
 */
export async function askCredentialHelper(
  helper: string,
  address: RegistryAddress,
  configPath: string,
  signal: AbortSignal,
  run: RunHelper = runHelper,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  const named = `the Docker configuration ${configPath} names the credential helper`;
  if (!NAME.test(helper))
    throw new LookupProblem(
      `${named} ${JSON.stringify(helper.slice(0, 64))}, which is no program's name; correct it.`,
    );
  const limit = AbortSignal.timeout(LONGEST_RUN);
  const options = {
    input: address.credentialKey,
    cwd: dirname(configPath),
    signal: AbortSignal.any([signal, limit]),
  };
  const ended = await run(program, ['get'], options);
  signal.throwIfAborted();
  if (limit.aborted)
    throw new LookupProblem(`${program} did not end within ${formatDuration(LONGEST_RUN)}; run it by hand.`);
  if (ended === undefined)
    throw new LookupProblem(
      `${named} ${program}, which is not on PATH; install it, or log in to ${address.host} without it.`,
    );
  return readAnswer(ended, program, address);
}

function readAnswer(
  { exitCode, output }: NonNullable<HelperRun>,
  program: string,
  { host }: RegistryAddress,
): Credentials | undefined {
  // The protocol's own word for "none": https://github.com/docker/docker-credential-helpers/blob/master/credentials/error.go
  if (exitCode !== 0 && output.includes('credentials not found')) return undefined;
  const cure = `run "${program} get" by hand, or log in to ${host} with docker/login-action.`;
  if (exitCode !== 0) throw new LookupProblem(`${program} failed (exit code ${exitCode}); ${cure}`);
  const { Username: user, Secret: secret } = parse(output);
  if (typeof user !== 'string' || typeof secret !== 'string')
    throw new LookupProblem(`${program} printed no credentials in Docker's form; ${cure}`);
  if (secret === '') return undefined;
  return user === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', user, password: secret };
}

function parse(output: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The helper gets the job's own environment: it finds its cloud through it, as it does when Docker asks. */
function runHelper(...[program, args, { input, cwd, signal }]: Parameters<RunHelper>): Promise<HelperRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const output: Buffer[] = [];
    // What the helper itself started may keep the pipe open, so the end is not waited for.
    const stop = () => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      resolve({ exitCode: null, output: '' });
    };
    signal.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    // A helper that does not read its input is not wrong for that.
    child.stdin.on('error', () => {});
    child.on('error', (error) =>
      'code' in error && error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    child.on('close', (exitCode) => {
      signal.removeEventListener('abort', stop);
      resolve({ exitCode, output: Buffer.concat(output).toString('utf8') });
    });
    child.stdin.end(`${input}\n`);
    if (signal.aborted) stop();
  });
}
