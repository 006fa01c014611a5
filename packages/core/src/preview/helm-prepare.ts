import {
  fetchChart,
  type HelmRelease,
  type HelmRevision,
  type KubernetesObject,
  readRevisions,
  refuseOutsiders,
  renderRelease,
} from '../kubernetes/index.ts';
import { deploymentLabels } from './cluster-mark.ts';
import { readClusterRecord } from './cluster-record.ts';
import type { PreviewSpec } from './engine.ts';
import { refuseForeign } from './helm-heal.ts';
import type { HelmJob } from './helm-job.ts';
import { helmValueFlags } from './helm-values.ts';
import type { ClusterRecord } from './record-config-map.ts';

/** What is known before anything is changed. */
export interface HelmPreparation {
  readonly revisions: readonly HelmRevision[];
  readonly release: HelmRelease;
  readonly objects: readonly KubernetesObject[];
  readonly known: Promise<ClusterRecord | undefined>;
}

/**
 * Looks at chart, values, what they render, whose release it is and what the record says. Changes nothing.
 *
 * @throws ConfigurationError for what would not come up
 */
export async function prepareHelmPreview(job: HelmJob, preview: PreviewSpec): Promise<HelmPreparation> {
  const { cluster, signal } = job;
  const known = readClusterRecord(cluster, preview, signal);
  // It is waited for later.
  known.catch(() => undefined);
  const [rendered, revisions] = await Promise.all([
    render(job, preview),
    readRevisions(cluster, preview, signal),
  ]);
  refuseForeign(revisions, preview);
  return { ...rendered, revisions, known };
}

async function render(
  { cluster, chart, signal }: HelmJob,
  preview: PreviewSpec,
): Promise<Pick<HelmPreparation, 'release' | 'objects'>> {
  if (chart === undefined) throw new TypeError('An engine without a chart only lists and removes.');
  const { workspace, source, values } = chart;
  const { folder } = cluster;
  const { name, namespace } = preview;
  const [path, flags] = await Promise.all([
    fetchChart(cluster, source, { workspace, folder, signal }),
    helmValueFlags(values, preview, { workspace, folder }),
  ]);
  const labels = deploymentLabels(preview);
  const release = { name, namespace, chart: path, values: flags, labels };
  const objects = await renderRelease(cluster, release, signal);
  await refuseOutsiders(cluster, objects, namespace, signal);
  return { release, objects };
}
