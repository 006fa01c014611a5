import {
  type ActionRun,
  type EventName,
  type EventOptions,
  type EventPayload,
  type GitHub,
  git,
  type Issue,
  type PullRequest,
  type Repository,
  type RepositoryOptions,
  type RunActionOptions,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

/** An event as the runner hands it over. */
export interface Event {
  readonly name: string;
  readonly payload: EventPayload;
}

/** A repository with pull requests from everywhere: numbers 1 to 3, and an issue, 4. */
export interface Town extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  /** A fork of the same owner, as companies have them. */
  readonly inner: Repository;
  readonly outer: Repository;
  /** From `fix` of the repository itself. */
  readonly own: PullRequest;
  /** From `fix` of `inner`, on the same commit as `own`. */
  readonly twin: PullRequest;
  /** From `main` of `outer`. */
  readonly foreign: PullRequest;
  readonly issue: Issue;
  event(name: EventName, options?: Partial<EventOptions>): Event;
  run(event: Event, inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
  /** The numbers that have a comment, oldest first. */
  commented(): number[];
}

export async function town(options: RepositoryOptions = {}): Promise<Town> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop', options);
  const inner = await github.createRepository('acme/shop-copy', { files: {} });
  const outer = await github.createRepository('mona/shop', { files: {} });
  const own = await shop.openPullRequest({ head: 'fix', files: { 'fix.txt': 'one' } });
  await git(['fetch', '--quiet', shop.directory, 'fix:fix'], { cwd: inner.directory });
  const twin = await shop.openPullRequest({ head: 'fix', headRepository: inner });
  const foreign = await shop.openPullRequest({ head: 'main', headRepository: outer, author: 'mona' });
  const issue = await shop.openIssue();
  return {
    ...{ github, shop, inner, outer, own, twin, foreign, issue },
    event: (name, options = {}) => ({
      name,
      payload: github.event(name, { repository: shop, ...options }),
    }),
    run: (event, inputs = {}, options = {}) =>
      runAction('comment-pr', {
        github,
        repository: shop,
        event,
        inputs: { message: 'hello', ...inputs },
        ...options,
      }),
    commented: () =>
      [...shop.pullRequests(), issue]
        .filter((one) => one.comments().some(({ author }) => author === 'github-actions[bot]'))
        .map(({ number }) => number),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
}

/** The event with other fields in its `workflow_run`. */
export function following(event: Event, fields: Record<string, unknown>): Event {
  const run = event.payload.workflow_run;
  return {
    ...event,
    payload: { ...event.payload, workflow_run: { ...(run as Record<string, unknown>), ...fields } },
  };
}
