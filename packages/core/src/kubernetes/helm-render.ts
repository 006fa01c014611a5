import { ConfigurationError } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { helmSaid, refuseOldHelm, runHelm } from './helm.ts';
import { labelList } from './label-value.ts';
import { parseManifest } from './manifest.ts';
import type { KubernetesObject, Labels } from './objects.ts';

/** A release to be: what helm gets besides flags of its own. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  /** Folder of the chart. */
  readonly chart: string;
  /** `-f` and `--set-string` with their values. */
  readonly values: readonly string[];
  /** Of the release, not of its objects. */
  readonly labels: Labels;
}

/**
 * What helm is given besides name, namespace and chart. A helm that does not know labels says so when it renders, before
 * anything is changed.
 */
export function releaseFlags({ labels, values }: HelmRelease): readonly string[] {
  return ['--labels', labelList(labels), ...values];
}

/**
 * Renders a chart without asking the cluster: `lookup` finds nothing, and capabilities are helm's own. Hooks are in it.
 *
 * @throws ConfigurationError with helm's message when it does not render
 */
export async function renderRelease(
  cluster: Cluster,
  release: HelmRelease,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const { name, namespace, chart } = release;
  const args = ['template', name, chart, '--namespace', namespace, '--skip-tests', ...releaseFlags(release)];
  const { exitCode, stdout, stderr } = await runHelm(cluster, args, { signal });
  if (exitCode === 0) return parseManifest(stdout.toString('utf8'));
  refuseOldHelm(stderr);
  throw new ConfigurationError(
    `The chart does not render, so nothing was changed; mend it or its values. Helm says: ${helmSaid(stderr)}`,
  );
}
