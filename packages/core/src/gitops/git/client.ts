import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../action/index.ts';
import { CommandFailed, commandLine, type Finished } from '../../exec/index.ts';
import { secretsOf, sendsInClear } from './credentials.ts';
import { gitEnvironment } from './environment.ts';
import { explainGit, gitFailureKind } from './failure.ts';
import type { GitClientOptions } from './options.ts';
import { sshCommand } from './ssh-command.ts';
import { sshConnection, writeSshFiles } from './ssh-files.ts';
import { refuseOldGit } from './version.ts';

export interface GitCall {
  readonly signal: AbortSignal;
  readonly input?: string | Uint8Array;
}

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
    const folder = await mkdtemp(join(options.temp || tmpdir(), 'gitops-'));
    const client = new GitClient(options, folder);
    if (sendsInClear(options.remote, options.credentials))
      options.log.warning(
        `The token goes to ${options.remote.host} unencrypted, because "repository" is an http address; use https.`,
      );
    try {
      await writeSshFiles(folder, options.credentials);
      refuseOldGit((await client.#checked(['version'], { signal })).toString());
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

  async #checked(args: readonly string[], call: GitCall): Promise<Buffer> {
    const finished = await this.#start(args, call);
    if (finished.exitCode === 0) return finished.stdout;
    throw new CommandFailed(
      { ...this.#command(args), signal: call.signal },
      { what: `ended with exit code ${finished.exitCode}`, finished },
    );
  }

  async #start(args: readonly string[], call: GitCall): Promise<Finished> {
    const command = { ...this.#command(args), ...call };
    this.#options.log.debug(commandLine(command));
    try {
      return await this.#options.exec(command);
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
