import {
  type ActionRun,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

export const NOW = Math.floor(Date.now() / 1000);
export const DAY = 86_400;

/** A preview as deploy-preview leaves it. */
export interface Preview {
  readonly pullRequest: number;
  readonly service?: string;
  readonly repositoryId?: number;
  readonly deployed?: number;
  readonly expires?: number;
}

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  open(branch: string): Promise<PullRequest>;
  /** Commits the files of a preview; its name. */
  preview(preview: Preview): Promise<string>;
  /** What comment-pr writes into a section, as run 7 or the one that is given. */
  say(pull: PullRequest, section: string, message: string, runId?: number): Promise<void>;
  /** Names of the folders below `previews`. */
  previews(): Promise<readonly string[]>;
  run(inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
  /** The same on the event that closed a pull request. */
  closed(pull: PullRequest, inputs?: Record<string, string>): Promise<ActionRun>;
}

/** A shop and its GitOps repository, without previews. Runs are scheduled ones. */
export async function stage(options: { readonly private?: boolean } = {}): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop', options);
  const gitops = await github.createRepository('acme/gitops', {
    files: { 'previews/README.md': 'Previews\n' },
    ...options,
  });
  const { host } = new URL(github.url);
  const run = (inputs: Record<string, string> = {}, options: Partial<RunActionOptions> = {}) =>
    runAction('cleanup-previews', {
      github,
      repository: shop,
      event: { name: 'schedule', payload: github.event('schedule', { repository: shop }) },
      inputs: {
        engine: 'gitops',
        repository: 'acme/gitops',
        path: 'previews',
        'gitops-token': github.token,
        ...inputs,
      },
      ...options,
    });
  return {
    github,
    shop,
    gitops,
    open: (branch) => shop.openPullRequest({ head: branch, files: { [`${branch}.txt`]: branch } }),
    preview: async (preview) => {
      const name = nameOf(preview);
      const record = recordOf({ repositoryId: shop.id, ...preview }, host);
      await gitops.commit('main', {
        [`previews/${name}/preview.yaml`]: record,
        [`previews/${name}/app.yaml`]: 'a: 1\n',
      });
      return name;
    },
    say: async (pull, section, message, runId = 7) => {
      const payload = github.event('pull_request', { repository: shop, pullRequest: pull });
      const event = { name: 'pull_request', payload };
      const said = await runAction('comment-pr', {
        github,
        repository: shop,
        event,
        runId,
        inputs: { section, message },
      });
      if (said.exitCode !== 0) throw new Error(said.annotations[0]?.message);
    },
    previews: async () => {
      const paths = await gitops.list('main', 'previews');
      return [...new Set(paths.flatMap((path) => path.split('/').slice(1, -1)))];
    },
    run,
    closed: (pull, inputs) => {
      const payload = github.event('pull_request_target', {
        repository: shop,
        pullRequest: pull,
        action: 'closed',
      });
      return run(inputs, { event: { name: 'pull_request_target', payload } });
    },
    [Symbol.asyncDispose]: () => github.close(),
  };
}

function nameOf({ pullRequest, service }: Preview): string {
  return service === undefined ? `pr-${pullRequest}` : `pr-${pullRequest}-${service}`;
}

function recordOf(preview: Preview & { readonly repositoryId: number }, server: string): string {
  const { pullRequest, service = '', repositoryId, deployed = NOW - DAY, expires = NOW + 3 * DAY } = preview;
  const name = nameOf(preview);
  const host = `${name}.preview.shop.test`;
  const fields = {
    format: 1,
    name,
    host,
    url: `https://${host}`,
    namespace: 'previews',
    image: 'ghcr.io/acme/web:v1',
    service,
    head: 'a'.repeat(40),
    repository: 'acme/shop',
    server,
    pullRequest,
    repositoryId,
    runId: 7,
    runAttempt: 1,
    deployed,
    expires,
  };
  return Object.entries(fields)
    .map(([key, value]) => `${key}: ${JSON.stringify(String(value))}\n`)
    .join('');
}

/** What a reader sees of a pull request's only comment: its lines without HTML comments and blank ones. */
export function visible(pull: PullRequest): readonly string[] {
  const [comment, ...others] = pull.comments();
  if (others.length > 0) throw new Error(`${others.length + 1} comments`);
  const text = (comment?.body ?? '').replace(/<!--.*?-->/g, '');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Name and reason of each entry of an output. */
export function reasons(json: string | undefined): Readonly<Record<string, string>> {
  const entries: readonly { readonly name: string; readonly reason: string }[] = JSON.parse(json ?? 'null');
  return Object.fromEntries(entries.map(({ name, reason }) => [name, reason]));
}
