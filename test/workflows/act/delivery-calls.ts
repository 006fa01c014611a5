import { type Cluster, git } from '@gitops-actions/testkit';
import type { Ran } from './run-workflow.ts';
import type { RunOptions } from './runs.ts';
import type { Scene } from './scene.ts';

/** Of the images of one release. */
export const DELIVERED = ['web', 'orders'] as const;
const SECRETS = ['app_private_key', 'kubeconfig', 'slack_token'];

type Inputs = Readonly<Record<string, unknown>>;

/** What calls of deliver.yml and rollback.yml for the environment `dev` have in common. */
const inDev = ({ app }: Scene): Inputs => ({
  ...{ environment: 'dev', repository: 'acme/gitops', path: 'apps/shop/overlays/dev' },
  ...{ engine: 'argocd', application: 'shop-dev', 'app-client-id': app.clientId },
  ...{ 'registry-login': 'none', 'slack-channel': 'C123' },
});

const secretsOf = ({ app, slack }: Scene, cluster: Cluster | undefined) => ({
  ...{ app_private_key: app.privateKey, slack_token: slack.token },
  kubeconfig: cluster?.kubeconfig ?? '',
});

/** Pushes the images of a release, and runs deliver.yml for them. */
export async function deliver(
  scene: Scene,
  cluster: Cluster | undefined,
  release: string,
  inputs: Inputs = {},
  options: Partial<RunOptions> = {},
): Promise<Ran> {
  const { registry } = scene;
  for (const name of DELIVERED) await registry.push(`acme/${name}`, release);
  const images = DELIVERED.map((name) => `${registry.host}/acme/${name}:${release}`).join('\n');
  const settings = { event: 'push', secrets: secretsOf(scene, cluster), ...options } as const;
  const call = { inputs: { ...inDev(scene), images, release, ...inputs }, secrets: SECRETS };
  return scene.call('deliver', settings, call);
}

/** Runs rollback.yml, as a person starts it. */
export function rollBack(scene: Scene, cluster: Cluster, inputs: Inputs): Promise<Ran> {
  const settings = { event: 'workflow_dispatch', secrets: secretsOf(scene, cluster) } as const;
  return scene.call('rollback', settings, { inputs: { ...inDev(scene), ...inputs }, secrets: SECRETS });
}

/** The tags of acme/shop, each with its commit. */
export async function gitTags({ shop }: Scene): Promise<Readonly<Record<string, string>>> {
  const format = '--format=%(refname:short) %(objectname)';
  const text = await git(['for-each-ref', format, 'refs/tags'], { cwd: shop.directory });
  const pairs = text.split('\n').filter(Boolean);
  return Object.fromEntries(pairs.map((line) => line.split(' ') as [string, string]));
}

/** What Slack's channel says, oldest message first. */
export const slackTexts = ({ slack }: Scene): readonly string[] =>
  [...slack.messages.values()].map(({ text }) => text);
