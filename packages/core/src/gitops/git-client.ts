import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, type Environment, type Log } from '../action/index.ts';
import { CommandFailed, type Exec, type Finished } from '../exec/index.ts';
import type { GitCredentials } from './git-credentials.ts';
import { gitEnvironment } from './git-environment.ts';
import { explainGit, gitFailureKind } from './git-failure.ts';
import type { GitRemote } from './git-remote.ts';
import { sshCommand } from './ssh-command.ts';
import { sshConnection, writeSshFiles } from './ssh-files.ts';

/** What a clone is made with; what could differ between a test and a run is a parameter. */
export interface GitClientOptions {
  readonly remote: GitRemote;
  readonly credentials: GitCredentials;
  readonly exec: Exec;
  /** The runner's environment. */
  readonly environment: Environment;
  /** Folder for the clone and the key; both are gone after disposal. */
  readonly temp: string;
  readonly log: Log;
  /** Default: `ssh` of the PATH. */
  readonly sshProgram?: string;
  /** Milliseconds that one unit of back-off lasts; default 1000. Reads wait 1, 4 and 9 units. */
  readonly backOffUnit?: number;
}

export interface GitCall {
  readonly signal: AbortSignal;
  readonly input?: string | Uint8Array;
}

/** The last release without GIT_CONFIG_GLOBAL is 2.31. */
const OLDEST: readonly [number, number] = [2, 32];
const READ_RETRIES = 3;

/** An empty bare repository of this process's own, and git with the credentials for its one remote, `origin`. */
export class GitClient implements AsyncDisposable {
  readonly #options: GitClientOptions;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];

  private constructor(options: GitClientOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    const { environment, remote, credentials } = options;
    const ssh = sshConnection(folder, options);
    this.#environment = gitEnvironment({
      environment,
      home: folder,
      remote,
      credentials,
      ssh: ssh ? sshCommand(ssh) : '',
    });
    this.#secrets = secretsOf(credentials);
  }

  /**
   * Makes the repository. Nothing is sent yet.
   *
   * @throws ConfigurationError when the runner has no git, or one that is too old
   */
  static async open(options: GitClientOptions, signal: AbortSignal): Promise<GitClient> {
    const folder = await mkdtemp(join(options.temp, 'gitops-'));
    const client = new GitClient(options, folder);
    warnOfHttp(options);
    try {
      await writeSshFiles(folder, options.credentials);
      await client.#refuseOldGit(signal);
      await client.create('sha1', signal);
      return client;
    } catch (error) {
      await client[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Path of a file in the repository's own folder. */
  file(name: string): string {
    return join(this.#folder, 'repository', name);
  }

  /** Makes the repository anew, for objects of another hash. */
  async create(objectFormat: 'sha1' | 'sha256', signal: AbortSignal): Promise<void> {
    const path = this.file('');
    await rm(path, { recursive: true, force: true });
    const format = [`--object-format=${objectFormat}`, '--template='];
    await this.#checked(['init', '--bare', '--quiet', ...format, path], { signal });
  }

  /** Runs git in the repository, whatever its exit code. */
  run(args: readonly string[], { signal, input }: GitCall): Promise<Finished> {
    return this.#start(['--git-dir', this.file(''), '--literal-pathspecs', ...args], {
      signal,
      ...(input !== undefined && { input }),
    });
  }

  /** Runs git in the repository for its output; throws CommandFailed when it fails. */
  async output(args: readonly string[], call: GitCall): Promise<Buffer> {
    return this.#checked(['--git-dir', this.file(''), '--literal-pathspecs', ...args], call);
  }

  /** Runs a read of the remote, and again after a broken connection or an answer of a server in trouble. */
  async readRemote(args: readonly string[], call: GitCall): Promise<Finished> {
    const { log, remote, backOffUnit = 1000 } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const finished = await this.run(args, call);
      const isTransient = finished.exitCode !== 0 && gitFailureKind(finished.stderr) === 'transient';
      if (!isTransient || attempt > READ_RETRIES) return finished;
      const wait = backOffUnit * attempt ** 2;
      log.info(`${remote.host} did not answer properly; reading again in ${wait} ms.`);
      await sleep(wait, undefined, { signal: call.signal });
    }
  }

  /** One sentence on a failure, with no secret in it. */
  explain(finished: Finished, doing: string): Error {
    return explainGit(finished, { remote: this.#options.remote, doing, secrets: this.#secrets });
  }

  async #refuseOldGit(signal: AbortSignal): Promise<void> {
    const text = (await this.#checked(['version'], { signal })).toString().trim();
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
    const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
    if (isOld)
      throw new ConfigurationError(
        `The runner has ${text || 'a git without a version'}; \`transport: git\` needs ${OLDEST.join('.')} or newer.`,
      );
  }

  async #checked(args: readonly string[], call: GitCall): Promise<Buffer> {
    const finished = await this.#start(args, call);
    if (finished.exitCode === 0) return finished.stdout;
    throw new CommandFailed(
      { ...this.#command(args), signal: call.signal },
      { what: `ended with exit code ${finished.exitCode}`, finished },
    );
  }

  async #start(args: readonly string[], call: GitCall): Promise<Finished> {
    try {
      return await this.#options.exec({ ...this.#command(args), ...call });
    } catch (error) {
      if (error instanceof CommandFailed && error.code === 'ENOENT')
        throw new ConfigurationError(
          'The runner has no git in its PATH; install it, or use `transport: api`.',
        );
      throw error;
    }
  }

  #command(args: readonly string[]) {
    return { program: 'git', args, cwd: this.#folder, env: this.#environment };
  }
}

function warnOfHttp({ remote, credentials, log }: GitClientOptions): void {
  if (
    remote.protocol === 'http' &&
    credentials.kind === 'token' &&
    !/^(?:127\.|localhost$|\[::1\])/.test(remote.host)
  )
    log.warning(
      `The token goes to ${remote.host} unencrypted, because "repository" is an http address; use https.`,
    );
}

function secretsOf(credentials: GitCredentials): readonly string[] {
  if (credentials.kind !== 'token') return [];
  const { username, token } = credentials;
  return [token, Buffer.from(`${username}:${token}`).toString('base64')];
}
