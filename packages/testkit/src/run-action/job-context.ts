import { internalsOf } from '../github.ts';
import { pullRecordOf } from '../handles.ts';
import { testMerge } from '../state/pulls.ts';
import type { EventPayload, PullRequest } from '../types.ts';
import type { RunActionOptions } from './types.ts';

/** What GitHub takes from an event: the commit and the ref a job works on. */
export interface JobContext {
  eventName: string;
  payload: EventPayload;
  sha: string;
  ref: string;
  headRef: string;
  baseRef: string;
  actor: string;
}

type Json = Record<string, unknown>;

function field(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Json)[name] : undefined),
    value,
  );
}

function text(value: unknown, ...path: string[]): string {
  const found = field(value, ...path);
  return typeof found === 'string' ? found : '';
}

function pullRequestOf(options: RunActionOptions, payload: EventPayload): PullRequest | null {
  const number = field(payload, 'pull_request', 'number');
  return typeof number === 'number' ? options.repository.pullRequest(number) : null;
}

type Place = Pick<JobContext, 'sha' | 'ref'>;

/** A pull request runs on its test merge; a closed one on its base. */
async function pullRequestPlace(
  options: RunActionOptions,
  payload: EventPayload,
  fallback: Place,
): Promise<Place> {
  const pull = pullRequestOf(options, payload);
  if (!pull) return fallback;
  if (pull.merged) return { sha: await pull.mergeSha(), ref: `refs/heads/${pull.base}` };
  const merge = await testMerge(internalsOf(options.github).world, pullRecordOf(pull));
  return { sha: merge ?? (await pull.headSha()), ref: `refs/pull/${pull.number}/merge` };
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
async function placeOf(options: RunActionOptions, eventName: string, payload: EventPayload): Promise<Place> {
  const { repository } = options;
  const branch = repository.defaultBranch;
  const fallback = { sha: await repository.head(branch).catch(() => ''), ref: `refs/heads/${branch}` };
  if (eventName === 'pull_request') return pullRequestPlace(options, payload, fallback);
  if (eventName === 'pull_request_target') {
    const base = text(payload, 'pull_request', 'base', 'ref');
    return base ? { sha: text(payload, 'pull_request', 'base', 'sha'), ref: `refs/heads/${base}` } : fallback;
  }
  if (eventName === 'push')
    return { sha: text(payload, 'after') || fallback.sha, ref: text(payload, 'ref') || fallback.ref };
  if (eventName === 'merge_group') {
    return { sha: text(payload, 'merge_group', 'head_sha'), ref: text(payload, 'merge_group', 'head_ref') };
  }
  const ref = eventName === 'workflow_dispatch' ? text(payload, 'ref') : '';
  return ref ? { sha: await repository.head(ref.replace('refs/heads/', '')), ref } : fallback;
}

/** Event, commit and ref of a job, from the event unless the options say otherwise. */
export async function jobContext(options: RunActionOptions): Promise<JobContext> {
  const { github, repository } = options;
  const event = options.event ?? { name: 'push', payload: github.event('push', { repository }) };
  const { name, payload } = event;
  const place = await placeOf(options, name, payload);
  const ofPull = name === 'pull_request' || name === 'pull_request_target';
  return {
    eventName: name,
    payload,
    sha: options.sha ?? place.sha,
    ref: options.ref ?? place.ref,
    headRef: ofPull ? text(payload, 'pull_request', 'head', 'ref') : '',
    baseRef: ofPull ? text(payload, 'pull_request', 'base', 'ref') : '',
    actor: options.actor ?? (text(payload, 'sender', 'login') || 'octocat'),
  };
}
