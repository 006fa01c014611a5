import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitHub, type Repository, startGitHub, temporaryDirectory } from '@gitops-actions/testkit';
import { type Command, type Exec, spawnExec } from '../../src/exec/index.ts';
import {
  createGitRepository,
  type GitCredentials,
  type GitOpsRepository,
  type GitRepositoryOptions,
  gitCredentials,
  parseGitRemote,
} from '../../src/gitops/index.ts';

export const signal: AbortSignal = new AbortController().signal;
export const message = { headline: 'Release web v2', body: '' };

/** A GitOps repository on loopback, the transport's own temporary folder, and all that it ran and said. */
export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly remote: Repository;
  /** Where clone and key lie. */
  readonly temp: string;
  readonly commands: Command[];
  readonly said: string[];
  open(options?: Partial<GitRepositoryOptions>): GitOpsRepository & AsyncDisposable;
}

/** @param onRun called before each command */
export async function startStage(
  onRun: (command: Command, temp: string) => unknown = () => {},
): Promise<Stage> {
  const github = await startGitHub();
  const folder = await temporaryDirectory();
  const remote = await github.createRepository('acme/gitops', {
    files: { 'app.yaml': 'image: web:v1\n', 'run.sh': 'echo\n', 'other.yaml': 'a: 1\n' },
  });
  const commands: Command[] = [];
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const exec: Exec = async (command) => {
    commands.push(command);
    await onRun(command, folder.path);
    return spawnExec(command);
  };
  const address = parseGitRemote(`${github.url}/acme/gitops.git`, 'repository');
  return {
    github,
    remote,
    temp: folder.path,
    commands,
    said,
    open: (options = {}) =>
      createGitRepository({
        remote: address,
        branch: 'main',
        credentials: token(github.token),
        exec,
        environment: process.env,
        temp: folder.path,
        log: { info: say, debug: say, notice: say, warning: say },
        backOffUnit: 2,
        ...options,
      }),
    [Symbol.asyncDispose]: async () => {
      await folder[Symbol.asyncDispose]();
      await github.close();
    },
  };
}

export function token(text: string): GitCredentials {
  const remote = parseGitRemote('https://git.example.com/acme/gitops', 'repository');
  return gitCredentials(remote, { token: text, username: '', sshKey: '', sshKnownHosts: '' });
}

/** Reads the file and commits another text; what became of it. */
export async function write(repository: GitOpsRepository, text = 'image: web:v2\n', path = 'app.yaml') {
  const base = await repository.read([path], signal);
  return repository.commit(base, [{ path, content: text }], message, signal);
}

/** Contents of every file below a folder, by path. */
export async function filesBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = new Map<string, string>();
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files.set(name, await readFile(path, 'latin1'));
  }
  return files;
}
