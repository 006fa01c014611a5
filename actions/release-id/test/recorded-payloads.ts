import { createRequire } from 'node:module';
import type { EventPayload } from '@gitops-actions/core/action';

interface Recorded {
  readonly name: string;
  readonly examples: readonly EventPayload[];
}

const recorded: readonly Recorded[] = createRequire(import.meta.url)('@octokit/webhooks-examples');

/** A payload as GitHub sent it: the first recorded one of the event that fits. */
export function recordedPayload(
  name: string,
  fits: (payload: EventPayload) => boolean = () => true,
): EventPayload {
  const payload = recorded.find((event) => event.name === name)?.examples.find(fits);
  if (payload === undefined) throw new Error(`No recorded payload of "${name}" fits.`);
  return payload;
}
