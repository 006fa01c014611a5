import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './http/answer.ts';
import type { Fault, FaultEffect, FaultMatch, FaultScope, GitRequestRecord, RequestRecord } from './types.ts';

const SECONDARY_LIMIT =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
  'If you reach out to GitHub Support for help, please include the request ID.';

type Scope = Partial<Omit<FaultScope, 'match'>>;

/** Ready-made effects: `github.inject({ match: 'graphql', times: 1, ...faults.serverError(502) })`. */
export const faults = {
  /** Too many requests at once, or too much content: 403 with `retry-after` in seconds. */
  secondaryLimit: (retryAfterSeconds: number, status: 403 | 429 = 403): FaultEffect => ({
    status,
    headers: { 'retry-after': String(retryAfterSeconds), 'x-ratelimit-remaining': '4999' },
    body: {
      message: SECONDARY_LIMIT,
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits',
    },
  }),
  /** The hour's requests are used up until `reset`. */
  primaryLimit: (reset: Date, status: 403 | 429 = 403): FaultEffect => ({
    status,
    headers: {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(reset.getTime() / 1000)),
    },
    body: {
      message: 'API rate limit exceeded for installation.',
      documentation_url: 'https://docs.github.com/rest',
    },
  }),
  serverError: (status = 502): FaultEffect => ({ status, body: { message: 'Server Error' } }),
  /** Cuts the connection; with `after` once the work is done, so that the caller cannot know. */
  reset: (scope: Scope = {}): FaultEffect & Scope => ({ reset: true, ...scope }),
};

/** Names a fault can be aimed at: REST has one, GraphQL its operation and each of its top fields. */
export function faultNames(record: RequestRecord): string[] {
  if (!record.route.startsWith('graphql')) return [record.route];
  return ['graphql', record.route, ...(record.fields ?? []).map((field) => `graphql ${field}`)];
}

function matches(match: FaultMatch, record: RequestRecord): boolean {
  if (typeof match === 'function') return match(record);
  if (typeof match === 'string') return faultNames(record).includes(match);
  return faultNames(record).some((name) => name.search(match) >= 0);
}

/** A function is asked about API calls only. */
function matchesGit(match: FaultMatch, { route }: GitRequestRecord): boolean {
  if (typeof match === 'function') return false;
  return typeof match === 'string' ? match === route : route.search(match) >= 0;
}

/** `cut` breaks the connection; an answer replaces that of the work. */
export type Strike = { cut: true } | { answer: Answer } | { stale: number } | null;

async function strike(fault: Fault): Promise<Strike> {
  if ('reset' in fault) return { cut: true };
  if ('status' in fault) {
    const { status, headers, body } = fault;
    return { answer: { status, ...(headers && { headers }), ...(body !== undefined && { body }) } };
  }
  if ('stale' in fault) return { stale: fault.stale };
  if ('delay' in fault) await sleep(fault.delay);
  else await fault.hold;
  return null;
}

/** Faults of one server. */
export interface FaultList {
  inject(fault: Fault): () => void;
  /** Takes the faults that strike this request, each once; they happen in the order they were injected. */
  take(record: RequestRecord): Fault[];
  /** The same for a request of git. */
  takeGit(record: GitRequestRecord): Fault[];
}

/** An empty list. */
export function createFaultList(): FaultList {
  const active: { fault: Fault; left: number }[] = [];
  const remove = (entry: (typeof active)[number]) => {
    const index = active.indexOf(entry);
    if (index >= 0) active.splice(index, 1);
  };
  const takeThose = (isStruck: (match: FaultMatch) => boolean) => {
    const struck = active.filter(({ fault }) => isStruck(fault.match));
    for (const entry of struck) {
      entry.left -= 1;
      if (entry.left <= 0) remove(entry);
    }
    return struck.map(({ fault }) => fault);
  };
  return {
    inject(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      active.push(entry);
      return () => remove(entry);
    },
    take: (record) => takeThose((match) => matches(match, record)),
    takeGit: (record) => takeThose((match) => matchesGit(match, record)),
  };
}

/** Lets faults happen one after the other; the first that ends the request wins, a stale read is remembered. */
export async function strikeAll(faultsNow: readonly Fault[]): Promise<{ end: Strike; stale: number }> {
  let stale = 0;
  for (const fault of faultsNow) {
    const result = await strike(fault);
    if (result && 'stale' in result) stale = result.stale;
    else if (result) return { end: result, stale };
  }
  return { end: null, stale };
}
