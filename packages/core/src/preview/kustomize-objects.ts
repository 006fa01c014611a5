import { ConfigurationError, messageOf } from '../action/index.ts';
import {
  corePath,
  describeReference,
  isClusterError,
  isNumbered,
  type KubernetesObject,
  listObjects,
  readLive,
  referenceOf,
  refuseOutsiders,
  workloadsOf,
} from '../kubernetes/index.ts';
import { carries, deploymentLabels, engineOf, ownerIn, previewLabels, RECORD_LABEL } from './cluster-mark.ts';
import { readClusterRecord } from './cluster-record.ts';
import type { PreviewSpec } from './engine.ts';
import { buildOverlay } from './kustomize-build.ts';
import { mapTexts, setImage } from './kustomize-image.ts';
import type { KustomizeJob } from './kustomize-job.ts';
import { labelObject } from './kustomize-labels.ts';
import { identity } from './kustomize-live.ts';
import { type ClusterRecord, recordName } from './record-config-map.ts';
import { renderText, unknownMarks } from './render.ts';

/** What is known before anything is changed. */
export interface KustomizePreparation {
  readonly objects: readonly KubernetesObject[];
  /** Those of them that are in the cluster, as they are there. */
  readonly standing: readonly KubernetesObject[];
  readonly known: Promise<ClusterRecord | undefined>;
}

/**
 * The objects of a preview as they are to be: the overlay built, its `{{preview.…}}` marks replaced in every text, the
 * image set, labelled as the preview's.
 *
 * @throws ConfigurationError before anything was changed: for what does not build, leaves the namespace, or belongs to somebody else
 */
export async function prepareObjects(job: KustomizeJob, preview: PreviewSpec): Promise<KustomizePreparation> {
  const known = readClusterRecord(job.cluster, preview, job.signal);
  // It is waited for later.
  known.catch(() => undefined);
  const built = await buildOverlay(job, preview);
  warnOfUnknownMarks(job, built);
  const filled = built.map((object) => mapTexts(object, (text) => renderText(text, preview)));
  const pod = previewLabels(preview);
  const selector = selectorLabels(preview);
  const labels = { object: deploymentLabels(preview), pod, selector };
  const objects = setImage(filled, preview.image).map((object) => labelObject(object, labels));
  refuseTwins(objects);
  refuseRecord(objects, preview);
  await refuseOutsiders(job.cluster, objects, preview.namespace, job.signal);
  const [standing] = await Promise.all([
    readOwnOnly(job, objects, preview),
    refuseForeignClaims(job, objects, preview),
  ]);
  return { objects, standing, known };
}

/** The name alone tells a preview's pods from all others of a namespace: there is one record of a name. */
function selectorLabels(preview: PreviewSpec): Readonly<Record<string, string>> {
  const labels = Object.entries(previewLabels(preview));
  return Object.fromEntries(labels.filter(([key]) => key.endsWith('/name')));
}

function warnOfUnknownMarks({ log, overlay }: KustomizeJob, objects: readonly KubernetesObject[]): void {
  const marks = [...new Set(unknownMarks(Buffer.from(JSON.stringify(objects))))];
  if (marks.length === 0) return;
  log.warning(
    `The overlay ${overlay?.folder ?? ''} holds ${marks.join(', ')}, which stands for nothing and stays as it is.`,
  );
}

/** Marks in names may make one name of two. */
function refuseTwins(objects: readonly KubernetesObject[]): void {
  const keys = objects.map((object) => identity(referenceOf(object)));
  const twin = objects.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twin === undefined) return;
  throw new ConfigurationError(
    `The overlay has two objects that are ${describeReference(referenceOf(twin))}; nothing was changed. Give one of them another name.`,
  );
}

function refuseRecord(objects: readonly KubernetesObject[], { name }: PreviewSpec): void {
  const own = recordName(name);
  for (const { apiVersion, kind, metadata } of objects) {
    if (apiVersion !== 'v1' || kind !== 'ConfigMap') continue;
    if (metadata.name === own)
      throw new ConfigurationError(
        `The overlay has a ConfigMap ${own}, which is the name of the preview's own record; nothing was changed. Give it another name.`,
      );
    if (engineOf(metadata.labels) !== '')
      throw new ConfigurationError(
        `The overlay has a ConfigMap ${metadata.name} with the label ${RECORD_LABEL}, by which previews are found; nothing was changed. Take the label away.`,
      );
  }
}

/** A StatefulSet takes over a claim of the right name, whosever the data in it are. */
async function refuseForeignClaims(
  { cluster, signal }: KustomizeJob,
  objects: readonly KubernetesObject[],
  preview: PreviewSpec,
): Promise<void> {
  const { namespace } = preview;
  const stems = workloadsOf(objects).flatMap(({ name, claimTemplates }) =>
    claimTemplates.map((claim) => `${claim}-${name}`),
  );
  if (stems.length === 0) return;
  const path = corePath('persistentvolumeclaims', namespace);
  const claims = await listObjects<KubernetesObject>(cluster, path, {}, signal);
  const foreign = claims.find(
    ({ metadata }) =>
      stems.some((stem) => isNumbered(metadata.name, stem)) &&
      !carries(metadata.labels, previewLabels(preview)),
  );
  if (foreign) throw notOurs({ ...foreign, apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, namespace);
}

/** Nobody knows whose an object without the preview's labels is. */
async function readOwnOnly(
  { cluster, signal }: KustomizeJob,
  objects: readonly KubernetesObject[],
  preview: PreviewSpec,
): Promise<readonly KubernetesObject[]> {
  const { namespace } = preview;
  const live = await readLive(cluster, objects.map(referenceOf), namespace, signal).catch(
    (error: unknown) => {
      if (isClusterError(error, 'Other') || isClusterError(error, 'Forbidden'))
        throw new ConfigurationError(`${messageOf(error)} Nothing was changed.`, { cause: error });
      throw error;
    },
  );
  const foreign = live.find(({ metadata }) => !carries(metadata.labels, previewLabels(preview)));
  if (foreign === undefined) return live;
  throw notOurs(foreign, namespace);
}

function notOurs(object: KubernetesObject, namespace: string): ConfigurationError {
  const reference = referenceOf(object);
  const { kind, name } = reference;
  const owner = ownerIn(object.metadata.labels);
  // Whoever reads this must not remove what somebody else looks at.
  const cure =
    owner === undefined
      ? `, or remove it with "kubectl delete ${kind.toLowerCase()} ${name} --namespace ${namespace}"`
      : '';
  return new ConfigurationError(
    `There is a ${describeReference(reference)} in namespace ${namespace} that this preview did not make${owner === undefined ? '' : `: it is ${owner}`}; it was left alone and nothing was changed. Choose another "name" or "namespace"${cure}.`,
  );
}
