import type { GitHub } from '@gitops-actions/testkit';
import { type App, appToken } from './app-token.ts';
import { download, upload } from './artifacts.ts';
import { createAzure } from './azure.ts';
import { buildPush } from './build-push.ts';
import { checkout } from './checkout.ts';
import { docker } from './docker.ts';
import type { Double } from './double.ts';
import { type createEnvironments, ENVIRONMENT_PROTECTION } from './environment-protection.ts';
import { lighthouse } from './lighthouse.ts';
import { login } from './login.ts';
import { createPackageManagers } from './package-managers.ts';
import { type GitHubReleases, release } from './release.ts';
import { type Slack, tell } from './slack.ts';
import { attest, scan, trivy } from './supply-chain.ts';

/** What the doubles stand on. */
export interface DoubleWorld {
  readonly github: GitHub;
  readonly app: App;
  readonly slack: Slack;
  readonly releases: GitHubReleases;
  readonly environments: ReturnType<typeof createEnvironments>;
  /** Where artifacts are kept. */
  readonly artifacts: string;
  /** Content of the kubeconfig that AKS gives out. */
  readonly kubeconfig: () => string;
}

/** Nothing has to be set up here. */
const nothing: Double = () => ({});

/** Every double, by the name of the action, or of the program, that it stands for. */
export const createDoubles = (world: DoubleWorld): Readonly<Record<string, Double>> => ({
  'actions/attest': attest,
  'actions/checkout': checkout,
  'actions/create-github-app-token': appToken(world.github, world.app),
  'actions/download-artifact': download(world.artifacts),
  // The Node of the tests is the job's.
  'actions/setup-node': nothing,
  'actions/upload-artifact': upload(world.artifacts),
  'aquasecurity/trivy-action': scan,
  'docker/build-push-action': buildPush,
  'docker/login-action': login,
  'docker/setup-buildx-action': nothing,
  'docker/setup-qemu-action': nothing,
  'slackapi/slack-github-action': tell(world.slack),
  'softprops/action-gh-release': release(world.releases),
  'treosh/lighthouse-ci-action': lighthouse,
  [ENVIRONMENT_PROTECTION]: world.environments.ask,
  docker,
  trivy,
  ...createAzure(world.kubeconfig),
  ...createPackageManagers(),
});

/** The defaults in their action.yml, of those inputs whose default matters here. */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'actions/checkout': { token: '${{ github.token }}' },
  'softprops/action-gh-release': { token: '${{ github.token }}' },
};

/** Programs of hosted runners that have a double. */
export const PROGRAMS: readonly string[] = ['az', 'corepack', 'docker', 'kubelogin', 'pnpm', 'trivy', 'yarn'];
