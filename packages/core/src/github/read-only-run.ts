import type { Run } from '../action/index.ts';
import { numberAt, textAt } from './pull-request.ts';

const OF_A_PULL_REQUEST: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/**
 * Why the token of this run's job may only read, whatever the workflow asks for.
 *
 * `fork`: the event is a pull request's of another repository, or of one that was deleted; no `permissions:` helps, except
 * where a private repository's settings send such runs a token that writes.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 *
 * `dependabot`: Dependabot started the run; a job that grants the permission has it.
 * https://docs.github.com/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 *
 * @returns undefined when neither is the case; whether the token then writes is not said
 */
export function readOnlyCause({ eventName, event }: Run): 'fork' | 'dependabot' | undefined {
  const head = numberAt(event, 'pull_request', 'head', 'repo', 'id');
  const base = numberAt(event, 'pull_request', 'base', 'repo', 'id');
  if (OF_A_PULL_REQUEST.has(eventName) && head !== base) return 'fork';
  const isOfDependabot = textAt(event, 'sender', 'login') === 'dependabot[bot]';
  return isOfDependabot ? 'dependabot' : undefined;
}
