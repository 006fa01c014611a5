import { ConfigurationError } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError, explainCluster } from './cluster-error.ts';
import { refuseMissing } from './kubectl.ts';

export interface HelmOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
}

/** Helm writes down that it was stopped, which takes the cluster's time; a runner leaves about ten seconds. Milliseconds. */
const GRACE = 8000;

/** What helm puts before the message that counts. */
const PREFIX = /^(?:Error: )?(?:(?:UPGRADE|INSTALLATION|ROLLBACK|UNINSTALL) FAILED: )*/;

/**
 * Runs helm to its end. When the signal is aborted helm is told to stop, and has written that down when this settles.
 *
 * @returns its standard output
 * @throws ClusterError with helm's message: `NotFound` for a release that is not there, `Conflict` while another helm works on it
 * @throws ConfigurationError when the runner has no helm
 */
export async function helm(cluster: Cluster, args: readonly string[], options: HelmOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await runHelm(cluster, args, options);
  if (exitCode === 0) return stdout.toString('utf8');
  const said = helmSaid(stderr);
  if (/release: not found|Release not loaded/.test(said)) throw new ClusterError('NotFound', said);
  // The second is said when two begin at the same moment: one of them wrote its revision first.
  if (/another operation \(.*\) is in progress|release: already exists/.test(said))
    throw new ClusterError('Conflict', said);
  throw explainCluster(said);
}

/**
 * Everything else that is used here is the same in helm 3 and 4. https://github.com/helm/helm/releases/tag/v3.13.0
 *
 * @param stderr of a helm that was given labels
 * @throws ConfigurationError when that helm does not know them
 */
export function refuseOldHelm(stderr: string): void {
  if (!stderr.includes('unknown flag: --labels')) return;
  throw new ConfigurationError(
    'The helm of this runner is older than 3.13, which cannot label releases; add a step with azure/setup-helm.',
  );
}

/**
 * As `helm`, for what does not ask the cluster: the caller says what a failure means.
 *
 * @throws ConfigurationError when a variable would send helm to another cluster than kubectl
 */
export async function runHelm({ exec, env }: Cluster, args: readonly string[], options: HelmOptions) {
  refuseDetours(env);
  return exec({ program: 'helm', args, env, grace: GRACE, ...options }).catch(refuseMissing('helm'));
}

/** HELM_KUBECONTEXT, HELM_KUBEAPISERVER, HELM_KUBETOKEN and others. https://helm.sh/docs/helm/helm/#synopsis */
function refuseDetours(env: Cluster['env']): void {
  const name = Object.keys(env).find((one) => one.startsWith('HELM_KUBE') && env[one] !== '');
  if (name === undefined) return;
  throw new ConfigurationError(
    `The variable ${name} is set, which helm follows and kubectl does not, so they would speak to different clusters; take it away, and choose the cluster with the input "kubeconfig" or "kubectl config use-context".`,
  );
}

/** The message in helm's error output: warnings and log lines left out, on one line, ending in a full stop. */
export function helmSaid(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !/^(?:WARNING|[WIE]\d{4} |level=|time=)/.test(line));
  const start = lines.findLastIndex((line) => line.startsWith('Error: '));
  const said = lines
    .slice(Math.max(0, start))
    .map((line) => line.trim())
    .join(' ')
    .trim();
  return said.replace(PREFIX, '').slice(0, 2000).replace(/\.?$/, '.');
}
