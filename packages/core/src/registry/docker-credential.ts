import { dirname } from 'node:path';
import { formatDuration } from '../action/index.ts';
import { CommandFailed, type Exec, type Finished } from '../exec/index.ts';
import type { RegistryAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import { LookupProblem } from './lookup-problem.ts';

/** Variables of the job; what is undefined is not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** How a credential helper is started. */
export interface HelperHost {
  readonly exec: Exec;
  /** Of the job: a helper finds its cloud and its keys by it, as it does when Docker asks. Inputs of the action are taken out. */
  readonly environment: Variables;
  readonly signal: AbortSignal;
}

/** Milliseconds a helper may take; some ask a cloud for a token. */
const LONGEST_RUN = 30_000;
const LONGEST_OUTPUT = 1024 * 1024;
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
  host: HelperHost,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  const named = `the Docker configuration ${configPath} names the credential helper`;
  if (!NAME.test(helper))
    throw new LookupProblem(
      `${named} ${JSON.stringify(helper.slice(0, 64))}, which is no program's name; correct it.`,
    );
  try {
    return readAnswer(await run(program, address.credentialKey, dirname(configPath), host), program, address);
  } catch (error) {
    // Its message would show what the program printed.
    if (!(error instanceof CommandFailed)) throw error;
    const isAbsent = error.code === 'ENOENT' || error.code === 'EACCES';
    throw isAbsent
      ? new LookupProblem(
          `${named} ${program}, which is not on PATH; install it, or log in to ${address.host} without it.`,
        )
      : failed(program, address, 'was stopped');
  }
}

async function run(program: string, input: string, cwd: string, host: HelperHost): Promise<Finished> {
  const limit = AbortSignal.timeout(LONGEST_RUN);
  const signal = AbortSignal.any([host.signal, limit]);
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const env = withoutInputs(host.environment);
  const command = {
    program,
    args: ['get'],
    env,
    cwd,
    input: `${input}\n`,
    signal,
    outputLimit: LONGEST_OUTPUT,
  };
  try {
    // What the helper itself started may outlive it and keep its output open; that is not waited for.
    return await Promise.race([host.exec(command), aborted.promise]);
  } catch (error) {
    host.signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw new LookupProblem(`${program} did not end within ${formatDuration(LONGEST_RUN)}; run it by hand.`);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The runner hands inputs over as variables, tokens and keys among them: a helper has no use for those. */
function withoutInputs(environment: Variables): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name.toUpperCase().startsWith('INPUT_') ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

function readAnswer(
  { exitCode, stdout }: Finished,
  program: string,
  address: RegistryAddress,
): Credentials | undefined {
  const output = stdout.toString('utf8');
  // The protocol's own word for "none": https://github.com/docker/docker-credential-helpers/blob/master/credentials/error.go
  if (exitCode !== 0 && output.includes('credentials not found')) return undefined;
  if (exitCode !== 0) throw failed(program, address, `failed (exit code ${exitCode})`);
  const { Username: user, Secret: secret } = parse(output);
  if (typeof user !== 'string' || typeof secret !== 'string')
    throw failed(program, address, "printed no credentials in Docker's form");
  if (secret === '') return undefined;
  return user === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', user, password: secret };
}

function failed(program: string, { host }: RegistryAddress, what: string): LookupProblem {
  return new LookupProblem(
    `${program} ${what}; run "${program} get" by hand, or log in to ${host} with docker/login-action.`,
  );
}

function parse(output: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
