import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, messageOf } from '../action/index.ts';
import {
  ClusterError,
  failureReasons,
  helm,
  isClusterError,
  readRevisions,
  releaseFlags,
  sinceAllowed,
} from '../kubernetes/index.ts';
import { claimPreview } from './claim-preview.ts';
import type { Deployed, PreviewSpec } from './engine.ts';
import { healRelease, helmDuration } from './helm-heal.ts';
import { type HelmJob, whereIs } from './helm-job.ts';
import type { HelmPreparation } from './helm-prepare.ts';
import { untilAllPods } from './helm-ready.ts';
import { PreviewFailed } from './preview-failed.ts';

/** How often helm is started again when somebody came in between, or the cluster was away. */
const MOST_TRIES = 4;
const PAUSE = 2000;

/**
 * Claims the preview, heals the release and lets helm bring it up.
 *
 * @throws PreviewFailed with the cluster's reasons when it does not come up
 */
export async function deployHelmPreview(
  job: HelmJob,
  preview: PreviewSpec,
  prepared: HelmPreparation,
): Promise<Deployed> {
  const { cluster, ownsNamespace, timeout, isRunOver, log, signal } = job;
  const { known, revisions } = prepared;
  const claim = await claimPreview(cluster, preview, {
    ...{ engine: 'helm', ownsNamespace, timeout, isRunOver, known, log, signal },
  });
  if (claim.kind === 'superseded') return claim;
  await healRelease(job, preview, revisions);
  await upgrade(job, preview, prepared);
  return { kind: 'deployed', where: whereIs(preview), commit: '', url: '' };
}

async function upgrade(job: HelmJob, preview: PreviewSpec, prepared: HelmPreparation): Promise<void> {
  const { cluster, signal, log } = job;
  const end = Date.now() + job.timeout;
  for (let tries = 1; ; tries++) {
    try {
      await helm(cluster, upgradeArguments(job, prepared), { signal });
      break;
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      if (!mayPass(error, tries)) throw await failed(job, preview, prepared, error);
      log.info(`Helm could not go on: ${messageOf(error)}`);
      await sleep(PAUSE, undefined, { signal });
      const revisions = await sinceAllowed(() => readRevisions(cluster, preview, signal), signal);
      await healRelease(job, preview, revisions);
    }
  }
  const late = await untilAllPods(job, prepared.objects, { namespace: preview.namespace, end });
  if (late !== undefined)
    throw await withReasons(job, preview, prepared, `${preview.name} is not ready: ${late}.`);
}

/** An API server that has just come up refuses what it will allow in a moment: it has not read the roles yet. */
function mayPass(error: ClusterError, tries: number): boolean {
  const isBusy = isClusterError(error, 'Conflict') || isClusterError(error, 'Unavailable');
  return (isBusy && tries < MOST_TRIES) || (isClusterError(error, 'Forbidden') && tries === 1);
}

function upgradeArguments({ timeout }: HelmJob, { release }: HelmPreparation): readonly string[] {
  const { name, namespace, chart } = release;
  return [
    ...['upgrade', name, chart, '--install', '--namespace', namespace],
    // Without values of its own, helm would take those of the release before.
    '--reset-values',
    // A definition of the cluster would outlive the preview, and the other previews share it.
    '--skip-crds',
    ...['--wait', '--timeout', helmDuration(timeout)],
    ...releaseFlags(release),
  ];
}

/** Helm never knows why a pod does not start; the cluster does. */
async function failed(
  job: HelmJob,
  preview: PreviewSpec,
  prepared: HelmPreparation,
  error: ClusterError,
): Promise<Error> {
  if (isClusterError(error, 'Forbidden') && /cannot/.test(error.message))
    return new ConfigurationError(error.message);
  const said = error.message.replace(/\.?$/, '.');
  return withReasons(job, preview, prepared, `Helm could not bring up ${preview.name}: ${said}`, error);
}

async function withReasons(
  { cluster, logLines, signal }: HelmJob,
  { namespace }: PreviewSpec,
  { objects }: HelmPreparation,
  message: string,
  cause?: ClusterError,
): Promise<PreviewFailed> {
  const options = { namespace, objects, logLines: await logLines, signal };
  // A second failure must not hide the first.
  const reasons = await failureReasons(cluster, options).catch(() => []);
  return new PreviewFailed(message, reasons, cause);
}
