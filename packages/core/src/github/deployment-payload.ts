import type { RunAttempt } from '../release/index.ts';
import { at, textAt } from './pull-request.ts';

/** What a Deployment with `task: deploy` was made for. */
export interface DeployedRelease {
  /** Image references as the workflow named them; may be empty. */
  readonly images: readonly string[];
  /** Commit id in the GitOps repository; empty where none was waited for. */
  readonly commit: string;
}

/**
 * What a Deployment carries besides its keys, so that runs find their own again and reports can be made of it.
 *
 * @returns an object for `payload`: https://docs.github.com/rest/deployments/deployments#create-a-deployment
 */
export function deploymentPayload(
  { runId, runAttempt }: RunAttempt,
  release?: DeployedRelease,
): Record<string, unknown> {
  return { run_id: runId, run_attempt: runAttempt, ...release };
}

/** The run in the payload of a Deployment; zeros when somebody else made it. */
export function runIn(payload: unknown): RunAttempt {
  const [runId, runAttempt] = [at(payload, 'run_id'), at(payload, 'run_attempt')];
  return typeof runId === 'number' && typeof runAttempt === 'number'
    ? { runId, runAttempt }
    : { runId: 0, runAttempt: 0 };
}

/**
 * The release in the payload of a Deployment.
 *
 * @param payload an object, or its JSON: GraphQL hands it out as text, with the text of JSON in it
 * @returns undefined when somebody else made the Deployment, such as GitHub itself for a job with `environment:`
 */
export function releaseIn(payload: unknown): DeployedRelease | undefined {
  const parsed = unpacked(unpacked(payload));
  const images = at(parsed, 'images');
  if (runIn(parsed).runId === 0 || !Array.isArray(images)) return undefined;
  return {
    images: images.filter((image: unknown) => typeof image === 'string'),
    commit: textAt(parsed, 'commit') ?? '',
  };
}

/** Whether two releases are written alike. */
export function isSameRelease(a: DeployedRelease | undefined, b: DeployedRelease | undefined): boolean {
  return a?.commit === b?.commit && a?.images.join('\n') === b?.images.join('\n');
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
