import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ActionRun,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
  startWebsites,
  temporaryDirectory,
  type WebsiteAnswer,
} from '@gitops-actions/testkit';

/** What a template folder holds in these scenarios. */
export const TEMPLATE = {
  'deploy/preview/kustomization.yaml':
    'resources:\n  - app.yaml\nnamespace: {{preview.namespace}}\nimages:\n  - name: web\n    newTag: {{preview.tag}} # ours\n',
  'deploy/preview/app.yaml': 'host: {{preview.host}}\nchart: {{ .Values.web }}\n',
};

/** The folder of the preview in the GitOps repository. */
export const FOLDER = 'previews/pr-1';

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly pull: PullRequest;
  /** What the preview's host answers from now on. */
  answer(handler: () => WebsiteAnswer | Promise<WebsiteAnswer>): void;
  /** How often the preview was asked. */
  asked(): number;
  run(inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

/** A shop with an open pull request, a GitOps repository with something in it, and a host that answers 200. */
export async function stage(options: { readonly private?: boolean } = {}): Promise<Stage> {
  const resources = new AsyncDisposableStack();
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', options);
  const gitops = await github.createRepository('acme/gitops', {
    files: { 'previews/README.md': 'Previews\n' },
  });
  const pull = await shop.openPullRequest({
    head: 'feature',
    files: { 'app.txt': 'one' },
    title: '@everyone <b>`x`',
  });
  const workspace = resources.use(await temporaryDirectory());
  await write(workspace.path, TEMPLATE);
  let handler: () => WebsiteAnswer | Promise<WebsiteAnswer> = () => ({
    status: 200,
    body: 'shop v1.0.7-abc1234',
  });
  const websites = resources.use(await startWebsites(() => handler()));
  return {
    github,
    shop,
    gitops,
    pull,
    answer: (next) => {
      handler = next;
    },
    asked: () => websites.requests().length,
    run: async (inputs = {}, options = {}) =>
      runAction('deploy-preview', {
        github,
        repository: shop,
        event: {
          name: 'pull_request',
          payload: github.event('pull_request', { repository: shop, pullRequest: pull }),
        },
        inputs: { ...INPUTS, 'gitops-token': github.token, ...inputs },
        env: { http_proxy: websites.proxyUrl, no_proxy: '127.0.0.1' },
        workspace: workspace.path,
        runId: 100,
        runNumber: 7,
        ...options,
      }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const INPUTS = {
  engine: 'gitops',
  domain: 'preview.shop.test',
  scheme: 'http',
  image: 'ghcr.io/acme/web:v1.0.7-abc1234',
  template: 'deploy/preview',
  repository: 'acme/gitops',
  path: 'previews',
  timeout: '2s',
};

/** Writes files below a folder. */
export async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The states of every Deployment, oldest first, each with its statuses from newest to oldest. */
export function states(repository: Repository): readonly string[] {
  return repository
    .deployments()
    .map(({ task, statuses }) => `${task}: ${statuses.map(({ state }) => state).join(' < ')}`);
}
