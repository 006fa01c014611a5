import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import type { App } from '../doubles/app-token.ts';
import { createEnvironments, type Environments } from '../doubles/environment-protection.ts';
import { createDoubles } from '../doubles/index.ts';
import type { GitHubReleases } from '../doubles/release.ts';
import type { Slack } from '../doubles/slack.ts';
import { type CallOptions, callerOf } from './caller.ts';
import { type DoubleServer, serveDoubles } from './double-server.ts';
import type { Ran } from './run-workflow.ts';
import { prepareRuns, type RunOptions } from './runs.ts';
import { type Sample, type SampleOptions, startSample } from './sample.ts';
import { type Change, starterText } from './starter-text.ts';

const APP: App = { clientId: 'Iv23liGitOps', privateKey: 'the private key of the App' };

/** The sample on loopback, and workflows that run in it. */
export interface Scene extends Sample, AsyncDisposable {
  readonly doubles: DoubleServer;
  readonly slack: Slack;
  readonly releases: GitHubReleases;
  readonly environments: Environments;
  readonly app: App;
  /** Runs `workflows-templates/<name>.yml` in acme/shop, as a team changes it. */
  start(name: string, options: RunOptions, change?: Change): Promise<Ran>;
  /** Runs a workflow of acme/shop that does nothing but to call `.github/workflows/<name>.yml`. */
  call(name: string, options: RunOptions, call: CallOptions): Promise<Ran>;
}

export interface SceneOptions extends SampleOptions {
  /** Content of the kubeconfig that AKS gives out. */
  readonly kubeconfig?: () => string;
  /** For all runs. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Builds the scene. */
export async function buildScene(options: SceneOptions = {}): Promise<Scene> {
  const { kubeconfig = () => '', env = {} } = options;
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryDirectory('act-'));
  const sample = await startSample(stack, folder, options);
  const { github, shop, registry } = sample;
  const slack: Slack = { token: 'xoxb-slack', messages: new Map() };
  const releases: GitHubReleases = new Map();
  const environments = createEnvironments();
  const artifacts = join(folder, 'artifacts');
  const doubles = stack.use(
    await serveDoubles(
      createDoubles({ github, app: APP, slack, releases, environments, artifacts, kubeconfig }),
    ),
  );
  const world = { github, shop, app: APP, doubles, folder, env: { ...sample.env, ...env } };
  const run = await prepareRuns(stack, world);
  const built = stack.move();
  return {
    ...{ ...sample, doubles, slack, releases, environments, app: APP },
    start: (name, settings, change = {}) =>
      run(`${name}.yml`, starterText(name, registry.host, change), settings),
    call: (name, settings, call) => run('caller.yml', callerOf(settings.event, name, call), settings),
    [Symbol.asyncDispose]: () => built.disposeAsync(),
  };
}
