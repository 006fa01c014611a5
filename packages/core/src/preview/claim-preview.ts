import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, formatDuration, type Log, messageOf } from '../action/index.ts';
import { type Cluster, ClusterError, ensureNamespace, isClusterError } from '../kubernetes/index.ts';
import { isLaterRun } from '../release/index.ts';
import { type ClusterEngine, markLabels } from './cluster-mark.ts';
import { createClusterRecord, readClusterRecord, replaceClusterRecord } from './cluster-record.ts';
import type { PreviewSpec } from './engine.ts';
import { isOfOtherJob } from './folder-owner.ts';
import { isSameDeployment, isSamePreview, type PreviewRecord } from './record.ts';
import type { ClusterRecord } from './record-config-map.ts';
import { type IsRunOver, mayStepIn } from './run-over.ts';

export interface ClaimOptions {
  readonly engine: ClusterEngine;
  /** Whether the namespace is the preview's own: made here, and removed with its last preview. */
  readonly ownsNamespace: boolean;
  /** How long to wait for a clean-up that is under way; milliseconds. */
  readonly timeout: number;
  readonly isRunOver: IsRunOver;
  /** The first look at the record, when it was begun before. */
  readonly known?: Promise<ClusterRecord | undefined>;
  /** The inventory to write down with the claim, from the one that stands there; without it that one stays. */
  readonly inventory?: (before: string) => string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly stored: ClusterRecord }
  /** A later run has it: nothing was changed. */
  | { readonly kind: 'superseded'; readonly by: PreviewRecord };

/** Each look may ask GitHub, which counts. */
const PAUSE = 5000;

/**
 * Writes the preview's record before anything is applied, by compare-and-swap: from then on an earlier run gives way, and
 * a clean-up that had decided upon the deployment before notices.
 *
 * @throws ConfigurationError when the place is taken by a preview that is not this one, or its namespace is missing
 */
export async function claimPreview(
  cluster: Cluster,
  preview: PreviewSpec,
  options: ClaimOptions,
): Promise<Claim> {
  const end = Date.now() + options.timeout;
  for (let known = options.known; ; known = undefined) {
    const read = known ?? readClusterRecord(cluster, preview, options.signal);
    const standing = await standingOf(read, preview, options.engine);
    if (standing && isLaterRun(standing.record, preview)) return { kind: 'superseded', by: standing.record };
    // The answer to a write of ours may have been lost.
    if (standing && !standing.removing && isSameDeployment(standing.record, preview))
      return { kind: 'claimed', stored: standing };
    if (standing?.removing && !(await mayStepIn({ ...standing.removing, ...options }))) {
      if (Date.now() > end) throw beingRemoved(preview, options);
      options.log.info(
        `Run ${standing.removing.runId} is removing ${preview.name}; waiting until it is done.`,
      );
      await sleep(PAUSE, undefined, { signal: options.signal });
      continue;
    }
    const stored = await write(cluster, preview, standing, options);
    if (stored) return { kind: 'claimed', stored };
  }
}

/** The record that stands in the place, which must be this preview's. */
async function standingOf(
  read: Promise<ClusterRecord | undefined>,
  preview: PreviewSpec,
  engine: ClusterEngine,
): Promise<ClusterRecord | undefined> {
  const refuse = (why: string) =>
    new ConfigurationError(
      `The preview ${preview.name} in namespace ${preview.namespace} ${why}; nothing was changed. Choose another "name" or "namespace", or remove that preview.`,
    );
  const standing = await read.catch((error: unknown) => {
    if (error instanceof ClusterError) throw error;
    throw refuse(`cannot be taken over: ${messageOf(error).replace(/\.$/, '')}`);
  });
  if (standing === undefined) return undefined;
  const { record } = standing;
  if (isSamePreview(record, preview)) {
    if (standing.engine !== engine) throw refuse(`was brought up by the engine ${standing.engine}`);
    if (!isOfOtherJob(record, preview)) return standing;
    throw refuse(`was written by another job of this run, with the image ${record.image}`);
  }
  const service = record.service === '' ? '' : `, service ${record.service}`;
  throw refuse(
    `belongs to pull request ${record.pullRequest} of ${record.repository} on ${record.server}${service}`,
  );
}

/** @returns undefined when somebody else wrote meanwhile, or nobody knows: look again */
async function write(
  cluster: Cluster,
  preview: PreviewSpec,
  standing: ClusterRecord | undefined,
  { engine, ownsNamespace, timeout, inventory = (before) => before, log, signal }: ClaimOptions,
): Promise<ClusterRecord | undefined> {
  const content = { record: preview, inventory: inventory(standing?.inventory ?? ''), removing: undefined };
  try {
    if (standing) return await replaceClusterRecord(cluster, standing, content, signal);
    return await createClusterRecord(cluster, engine, content, signal);
  } catch (error) {
    const { namespace } = preview;
    if (isClusterError(error, 'Unavailable')) {
      log.info(messageOf(error));
      await sleep(PAUSE, undefined, { signal });
      return undefined;
    }
    const isMissing =
      isClusterError(error, 'NotFound') ||
      (isClusterError(error, 'Forbidden') && /is being terminated/.test(messageOf(error)));
    if (!isMissing) throw error;
    if (!ownsNamespace) throw missing(namespace);
    await ensureNamespace(cluster, namespace, markLabels(preview), { signal, timeout });
    return undefined;
  }
}

function missing(namespace: string): ConfigurationError {
  return new ConfigurationError(
    `The namespace "${namespace}" is not there or just going; make it with "kubectl create namespace ${namespace}", or put a placeholder into the input "namespace" (such as preview-{{pr}}), then each preview gets one of its own.`,
  );
}

function beingRemoved({ name }: PreviewSpec, { timeout }: ClaimOptions): ConfigurationError {
  return new ConfigurationError(
    `The preview ${name} is being removed by another run and was not gone after ${formatDuration(timeout)}; re-run the job once that run is over.`,
  );
}
