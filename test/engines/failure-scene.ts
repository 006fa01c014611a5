import {
  type ActionRun,
  type Cluster,
  enginePath,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startCluster,
  startGitHub,
  startWebsites,
  temporaryDirectory,
  type WebsiteAnswer,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { age } from './failure-age.ts';
import { type EndState, endState } from './failure-end-state.ts';
import { CHART_FILES, writeFiles } from './helm-chart.ts';
import { OVERLAY_FILES } from './kustomize-stage.ts';
import { describeOn } from './suite.ts';

export type Engine = 'helm' | 'kustomize';
type Inputs = Readonly<Record<string, string>>;
type Options = Partial<RunActionOptions>;

/** What a team sees: its repository, its cluster, and the jobs of its workflows, of the bundles as they are committed. */
export interface Scene extends AsyncDisposable {
  readonly engine: Engine;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly github: GitHub;
  readonly shop: Repository;
  /** Opens the next pull request, in another repository if one is given. */
  open(repository?: Repository): Promise<PullRequest>;
  /** What every preview's host answers from now on. */
  answer(handler: () => WebsiteAnswer | Promise<WebsiteAnswer>): void;
  /** The job on a pull request: deploy-preview, then comment-pr with what it says. By a later run than all before. */
  deploy(pull: PullRequest, inputs?: Inputs, options?: Options): Promise<ActionRun>;
  /** The job on the event that closed a pull request. */
  closed(pull: PullRequest, inputs?: Inputs): Promise<ActionRun>;
  /** The scheduled job, of another repository if the options have one. */
  scheduled(inputs?: Inputs, options?: Options): Promise<ActionRun>;
  /** Lets time go by for a pull request's preview: it was deployed so many days earlier. */
  age(pull: PullRequest, days: number): Promise<void>;
  /** Where everything that people and machines look at has ended. */
  end(pull: PullRequest): Promise<EndState>;
}

/** Tests on one cluster, on each of the engines that write to it. */
export function onEngines(
  title: string,
  engines: readonly Engine[],
  body: (open: () => Promise<Scene>, engine: Engine) => void,
): void {
  describeOn(['kubernetes', 'kwok', 'helm4'], title, () => {
    let cluster: Cluster | undefined;
    let count = 0;
    beforeAll(async () => {
      cluster = await startCluster();
    });
    afterAll(() => cluster?.close());
    describe.each(engines)('engine %s', (engine) => {
      const open = async () => {
        if (cluster === undefined) throw new Error('The cluster is not up yet.');
        const namespace = `previews-${++count}`;
        await cluster.createNamespace(namespace);
        await cluster.grant(namespace);
        return openScene(cluster, engine, namespace);
      };
      body(open, engine);
    });
  });
}

async function openScene(cluster: Cluster, engine: Engine, namespace: string): Promise<Scene> {
  const resources = new AsyncDisposableStack();
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', { files: { 'app.txt': 'none' } });
  const workspace = resources.use(await temporaryDirectory());
  await writeFiles(workspace.path, OVERLAY_FILES);
  await writeFiles(`${workspace.path}/chart`, CHART_FILES);
  let handler: () => WebsiteAnswer | Promise<WebsiteAnswer> = () => ({ status: 200 });
  const websites = resources.use(await startWebsites(() => handler()));
  const env = {
    PATH: enginePath(['helm4', 'kubernetes']),
    http_proxy: websites.proxyUrl,
    no_proxy: '127.0.0.1',
  };
  const shared = { engine, namespace, kubeconfig: cluster.deployerKubeconfig };
  let runId = 100;
  const step = (name: string, repository: Repository, options: Options) =>
    runAction(name, { github, repository, env, workspace: workspace.path, ...options });
  const about = (pull: PullRequest, name: 'pull_request' | 'pull_request_target', action: string) => ({
    event: { name, payload: github.event(name, { repository: pull.repository, pullRequest: pull, action }) },
  });
  return {
    engine,
    cluster,
    namespace,
    github,
    shop,
    open: (repository = shop) => {
      const number = repository.pullRequests().length + 1;
      return repository.openPullRequest({
        head: `feature-${number}`,
        files: { 'app.txt': `feature ${number}` },
      });
    },
    answer: (next) => {
      handler = next;
    },
    deploy: async (pull, inputs = {}, options = {}) => {
      runId += 1;
      const job = { runId, ...about(pull, 'pull_request', 'synchronize'), ...options };
      const run = await step('deploy-preview', pull.repository, {
        ...job,
        inputs: { ...shared, ...PREVIEW, ...inputs },
      });
      const { comment = '' } = run.outputs;
      const { signal: _, ...after } = job;
      const said = { section: inputs.service ?? '', message: comment };
      if (comment !== '') await step('comment-pr', pull.repository, { ...after, inputs: said });
      return run;
    },
    closed: (pull, inputs = {}) =>
      step('cleanup-previews', pull.repository, {
        ...about(pull, 'pull_request_target', 'closed'),
        inputs: { ...shared, ...inputs },
      }),
    scheduled: (inputs = {}, { repository = shop, ...options } = {}) =>
      step('cleanup-previews', repository, {
        event: { name: 'schedule', payload: github.event('schedule', { repository }) },
        inputs: { ...shared, ...inputs },
        ...options,
      }),
    age: (pull, days) => age(cluster, namespace, `preview-pr-${pull.number}`, days * 86_400),
    end: (pull) => endState(cluster, namespace, pull),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const PREVIEW = {
  domain: 'preview.shop.test',
  scheme: 'http',
  image: 'acme/web:v1',
  chart: 'chart',
  overlay: 'overlay',
  timeout: '30s',
};
