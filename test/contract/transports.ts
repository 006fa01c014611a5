import { tmpdir } from 'node:os';
import { spawnExec } from '@gitops-actions/core/exec';
import { createGitHub } from '@gitops-actions/core/github';
import {
  createApiRepository,
  createGitRepository,
  type GitOpsRepository,
  gitCredentials,
  parseGitRemote,
} from '@gitops-actions/core/gitops';
import type { GitHub } from '@gitops-actions/testkit';

export const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

export interface Target {
  readonly github: GitHub;
  /** `acme/gitops`. */
  readonly repository: string;
  /** Empty: the default branch. */
  readonly branch: string;
  readonly token: string;
}

/** One way to reach a GitOps repository. */
export interface Transport {
  readonly transport: string;
  /** What a fault is aimed at: the request that writes, and the first one that reads. */
  readonly writes: string;
  readonly reads: string;
  readonly open: (target: Target) => Promise<GitOpsRepository & AsyncDisposable>;
}

const api: Transport = {
  transport: 'api',
  writes: 'graphql createCommitOnBranch',
  reads: 'graphql ReadHead',
  open: async ({ github, repository, branch, token }) => {
    const { apiUrl, graphqlUrl } = github;
    const { signal } = new AbortController();
    const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 2 });
    const [owner = '', repo = ''] = repository.split('/');
    const opened = createApiRepository({ github: client, repository: { owner, repo }, branch });
    return Object.assign(opened, { [Symbol.asyncDispose]: async () => {} });
  },
};

const git: Transport = {
  transport: 'git',
  writes: 'git POST git-receive-pack',
  reads: 'git GET git-upload-pack',
  open: async ({ github, repository, branch, token }) => {
    const remote = parseGitRemote(`${github.url}/${repository}.git`, 'repository');
    const credentials = gitCredentials(remote, { token, username: '', sshKey: '', sshKnownHosts: '' });
    const { env: environment } = process;
    return createGitRepository({
      remote,
      branch,
      credentials,
      environment,
      log,
      exec: spawnExec,
      temp: tmpdir(),
      backOffUnit: 2,
    });
  },
};

/** Every transport must pass the same tests. */
export const TRANSPORTS: readonly Transport[] = [api, git];
