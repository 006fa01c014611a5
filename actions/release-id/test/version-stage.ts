import { createGitHub } from '@gitops-actions/core/github';
import { type GitHub, type Repository, type RepositoryOptions, startGitHub } from '@gitops-actions/testkit';
import { readVersion, type Version, type VersionRequest } from '../src/version/index.ts';

export interface VersionStage extends AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  /** Empty commits on main with these messages; their ids. */
  commit(...messages: string[]): Promise<string[]>;
  /** The version of main's head, or of another commit. */
  version(inputs?: Partial<VersionRequest>): Promise<Version>;
}

/** A repository with one commit, and the version of what is on its main branch. */
export async function versionStage(options: RepositoryOptions = {}): Promise<VersionStage> {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop', options);
  const { token, apiUrl, graphqlUrl } = github;
  const say = () => undefined;
  const log = { debug: say, info: say, notice: say, warning: say, error: say };
  const client = await createGitHub({
    token,
    apiUrl,
    graphqlUrl,
    log,
    signal: new AbortController().signal,
    fetch,
    backOffUnit: 1,
  });
  return {
    github,
    repository,
    commit: (...messages) =>
      repository.commitSeries(
        'main',
        messages.map((message) => ({ message })),
      ),
    version: async (inputs = {}) =>
      readVersion({
        github: client,
        repository: { owner: 'acme', repo: 'shop' },
        sha: await repository.head('main'),
        tagPrefix: 'v',
        preRelease: '',
        paths: [],
        isPreview: false,
        ...inputs,
      }),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}
