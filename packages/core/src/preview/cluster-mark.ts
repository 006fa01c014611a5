import { type Labels, labelValue } from '../kubernetes/index.ts';
import type { Mark, PreviewRecord } from './record.ts';

/** How a preview gets into a cluster: each engine lists and touches its own only. */
export type ClusterEngine = 'helm' | 'kustomize';

/** No domain that somebody could own: nothing else writes labels below it. */
const PREFIX = 'previews.gitops-actions';
/** What every record carries, with its engine as the value. */
export const RECORD_LABEL = `${PREFIX}/record`;
const RUN_ID = `${PREFIX}/run-id`;
const RUN_ATTEMPT = `${PREFIX}/run-attempt`;

/** The labels that say whose something is; what does not carry all of them is never touched. */
export function markLabels({ repositoryId, server }: Mark): Labels {
  return { [`${PREFIX}/repository-id`]: String(repositoryId), [`${PREFIX}/server`]: labelValue(server) };
}

/** The labels that say which preview something belongs to, whichever run brought it up. */
export function previewLabels(record: PreviewRecord): Labels {
  return {
    ...markLabels(record),
    [`${PREFIX}/pull-request`]: String(record.pullRequest),
    [`${PREFIX}/service`]: labelValue(record.service),
    [`${PREFIX}/name`]: record.name,
  };
}

/** The labels of one deployment, for people and for healing: head, run and expiry (epoch seconds). */
export function deploymentLabels(record: PreviewRecord): Labels {
  return {
    ...previewLabels(record),
    [`${PREFIX}/head`]: record.head,
    [RUN_ID]: String(record.runId),
    [RUN_ATTEMPT]: String(record.runAttempt),
    [`${PREFIX}/expires`]: String(record.expires),
  };
}

/** The labels of a record, over which it is found. */
export function recordLabels(mark: Mark, engine: ClusterEngine): Labels {
  return { 'app.kubernetes.io/managed-by': 'gitops-actions', [RECORD_LABEL]: engine, ...markLabels(mark) };
}

/** Whether labels hold all of the others. */
export function carries(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels?.[key] === value);
}

/**
 * Whose preview labels say something is, as a part of a sentence; undefined when they are nobody's. Text of a label: it
 * holds letters, digits and `-_.` only.
 */
export function ownerIn(labels: Labels | undefined): string | undefined {
  const repository = labels?.[`${PREFIX}/repository-id`];
  const server = labels?.[`${PREFIX}/server`];
  const pullRequest = labels?.[`${PREFIX}/pull-request`];
  if (repository === undefined || server === undefined || pullRequest === undefined) return undefined;
  return `a preview of pull request ${pullRequest} of the repository with the id ${repository} on ${server}`;
}

/** The engine that a record's labels name. */
export function engineOf(labels: Labels | undefined): string {
  return labels?.[RECORD_LABEL] ?? '';
}

/** The run that labels name; undefined when they name none. */
export function runOf(labels: Labels | undefined): Pick<PreviewRecord, 'runId' | 'runAttempt'> | undefined {
  const runId = Number(labels?.[RUN_ID]);
  const runAttempt = Number(labels?.[RUN_ATTEMPT]);
  return runId > 0 && runAttempt > 0 ? { runId, runAttempt } : undefined;
}
