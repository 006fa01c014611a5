import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { ok } from './route.ts';

/** A route that is about no repository. */
export interface Meta {
  readonly meta: (call: Call) => Answer;
}

function rateLimit(call: Call): Answer {
  const reset = Math.floor(call.world.now().getTime() / 1000) + 3600;
  const rate = { limit: 5000, remaining: 4999, reset, used: 1 };
  return ok({ resources: { core: rate, search: rate, graphql: rate }, rate });
}

export const META: Readonly<Record<string, Meta>> = {
  'GET /rate_limit': { meta: rateLimit },
  'GET /meta': { meta: () => ok({ verifiable_password_authentication: false }) },
};
