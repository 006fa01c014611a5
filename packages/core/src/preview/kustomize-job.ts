import type { Log } from '../action/index.ts';
import type { OpenCluster } from '../kubernetes/index.ts';
import type { Mark, PreviewRecord } from './record.ts';
import type { IsRunOver } from './run-over.ts';

export interface KustomizeEngineOptions {
  readonly cluster: OpenCluster;
  /** Only previews with this mark are listed. */
  readonly mark: Mark;
  /** Template of the namespace; one with a placeholder is made, and removed with its last preview. */
  readonly namespace: string;
  /** What `deploy` applies; not needed to list and to remove. */
  readonly overlay?: Overlay;
  /** How long everything together may take to get ready; milliseconds. */
  readonly timeout: number;
  /** Lines of a failing container's log in the reason. */
  readonly logLines: number | Promise<number>;
  readonly isRunOver: IsRunOver;
  /** The run that this is. */
  readonly run: Pick<PreviewRecord, 'runId' | 'runAttempt'>;
  readonly log: Log;
}

/** A folder with a Kustomization. */
export interface Overlay {
  /** Path in the checkout. */
  readonly folder: string;
  /** Absolute path of the checkout. */
  readonly workspace: string;
}

/** What the parts of the engine share. */
export interface KustomizeJob extends KustomizeEngineOptions {
  readonly ownsNamespace: boolean;
  readonly signal: AbortSignal;
}

/** Where a preview lives, for people. */
export function whereIs({ name, namespace }: Pick<PreviewRecord, 'name' | 'namespace'>): string {
  return `Kustomize preview ${name} in namespace ${namespace}`;
}
