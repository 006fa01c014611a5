import type { Run } from '@gitops-actions/core/action';
import type { PullRequest } from '@gitops-actions/core/github';
import {
  fillPlaceholders,
  markOf,
  type PreviewSpec,
  previewHost,
  previewName,
  previewNamespace,
} from '@gitops-actions/core/preview';
import type { Inputs } from './inputs.ts';

/** What is to be brought up, and how it is proven. */
export interface Plan {
  readonly preview: PreviewSpec;
  /** Empty when the URL is not asked. */
  readonly probeUrl: string;
  /** What the answer must hold; empty for nothing. */
  readonly healthText: string;
}

/**
 * Works out the preview of a pull request's head.
 *
 * @param now milliseconds since 1970
 * @throws ConfigurationError when name, host, namespace or health text cannot be made from the inputs
 */
export function planPreview(inputs: Inputs, run: Run, pullRequest: PullRequest, now: number): Plan {
  const subject = { pullRequest: pullRequest.number, service: inputs.service };
  const name = previewName(inputs.name, subject);
  const host = previewHost(inputs.hostRule, name, subject);
  const url = `${inputs.scheme}://${host}`;
  const head = pullRequest.headSha;
  const deployed = Math.floor(now / 1000);
  const preview: PreviewSpec = {
    ...subject,
    ...markOf(run),
    name,
    host,
    url,
    namespace: previewNamespace(inputs.namespace, name, subject),
    image: inputs.image,
    head,
    repository: run.repository,
    runId: run.runId,
    runAttempt: run.runAttempt,
    deployed,
    expires: deployed + Math.ceil(inputs.ttl / 1000),
  };
  const values = { tag: inputs.tag, sha: head, name };
  const healthText = fillPlaceholders(inputs.health.text, values, 'health-text');
  const { path } = inputs.health;
  return { preview, probeUrl: path === '' ? '' : url + path, healthText };
}
