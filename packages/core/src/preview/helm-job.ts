import type { Log } from '../action/index.ts';
import type { ChartSource, OpenCluster } from '../kubernetes/index.ts';
import type { HelmValues } from './helm-values.ts';
import type { Mark, PreviewRecord } from './record.ts';
import type { IsRunOver } from './run-over.ts';

export interface HelmEngineOptions {
  readonly cluster: OpenCluster;
  /** Only previews with this mark are listed. */
  readonly mark: Mark;
  /** Template of the namespace; one with a placeholder is made, and removed with its last preview. */
  readonly namespace: string;
  /** What `deploy` installs; not needed to list and to remove. */
  readonly chart?: HelmChart;
  /** How long helm may wait for the workload, and for another run before that; milliseconds. */
  readonly timeout: number;
  /** Lines of a failing container's log in the reason. */
  readonly logLines: number | Promise<number>;
  readonly isRunOver: IsRunOver;
  /** The run that this is. */
  readonly run: Pick<PreviewRecord, 'runId' | 'runAttempt'>;
  readonly log: Log;
}

/** A chart and what it is given. */
export interface HelmChart {
  readonly source: ChartSource;
  readonly values: HelmValues;
  /** Absolute path of the checkout. */
  readonly workspace: string;
}

/** What the parts of the engine share. */
export interface HelmJob extends HelmEngineOptions {
  readonly ownsNamespace: boolean;
  readonly signal: AbortSignal;
}

/** Where a preview lives, for people. */
export function whereIs({ name, namespace }: Pick<PreviewRecord, 'name' | 'namespace'>): string {
  return `Helm release ${name} in namespace ${namespace}`;
}
