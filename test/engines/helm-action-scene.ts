import { cp } from 'node:fs/promises';
import {
  type ActionRun,
  enginePath,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { root } from '../../scripts/project.ts';
import type { HelmScene } from './helm-scene.ts';

/** A shop with an open pull request, and both actions as its workflow runs them. */
export interface ActionScene extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly pull: PullRequest;
  deploy(inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
  cleanUp(inputs?: Record<string, string>): Promise<ActionRun>;
}

/** A new shop each time: its previews are nobody else's. */
export async function openActions(
  { cluster, version, namespace }: Pick<HelmScene, 'cluster' | 'version' | 'namespace'>,
  number: number,
  options: { private?: boolean } = {},
): Promise<ActionScene> {
  const resources = new AsyncDisposableStack();
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', options);
  for (let before = 1; before < number; before++)
    await shop.openPullRequest({ head: `other-${before}`, files: { [`${before}.txt`]: 'x' } });
  const pull = await shop.openPullRequest({ head: 'feature', files: { 'app.txt': 'one' } });
  const workspace = resources.use(await temporaryDirectory());
  await cp(`${root}/examples/shop/chart`, `${workspace.path}/chart`, { recursive: true });
  const kubeconfig = cluster().deployerKubeconfig;
  const env = { PATH: enginePath([`helm${version}`, 'kubernetes']) };
  const run = (name: string, event: string, inputs: Record<string, string>, more = {}) =>
    runAction(name, {
      github,
      repository: shop,
      event: {
        name: event,
        payload:
          event === 'schedule'
            ? github.event('schedule', { repository: shop })
            : github.event('pull_request', { repository: shop, pullRequest: pull }),
      },
      inputs: { kubeconfig, namespace, ...inputs },
      env,
      workspace: workspace.path,
      runId: 100,
      ...more,
    });
  return {
    github,
    shop,
    pull,
    deploy: (inputs = {}, more = {}) =>
      run(
        'deploy-preview',
        'pull_request',
        { domain: 'preview.example.com', image: 'acme/web:v1', chart: 'chart', ...inputs },
        more,
      ),
    cleanUp: (inputs = {}) => run('cleanup-previews', 'pull_request', inputs),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
