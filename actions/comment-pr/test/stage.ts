import {
  type ActionRun,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly pull: PullRequest;
  /** Runs the action on the pull request's event. */
  run(inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

/** A repository with an open pull request that has no comment. */
export async function stage(): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const pull = await shop.openPullRequest({ head: 'feature', files: { 'app.txt': 'one' } });
  const payload = github.event('pull_request', { repository: shop, pullRequest: pull, action: 'opened' });
  const event = { name: 'pull_request', payload };
  return {
    github,
    shop,
    pull,
    run: (inputs = {}, options = {}) =>
      runAction('comment-pr', {
        github,
        repository: shop,
        event,
        inputs: { message: 'hello', ...inputs },
        ...options,
      }),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

/** What a reader sees of a comment: its text without HTML comments and blank lines. */
export function visible(body: string | undefined): string[] {
  return (body ?? '')
    .replace(/<!--.*?-->/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** The requests of a run by their routes, in order. */
export function routes(run: ActionRun): string[] {
  return run.requests.map(({ route }) => route);
}

/** Resolves when so many requests for a route have arrived. */
export async function arrived(github: GitHub, route: string, count: number): Promise<void> {
  while (github.requests().filter((request) => request.route === route).length < count)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
