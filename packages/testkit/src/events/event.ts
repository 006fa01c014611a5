import { recordOf } from '../handles.ts';
import { userJson } from '../rest/templates.ts';
import { account, type World } from '../state/world.ts';
import type { EventName, EventOptions, EventPayload } from '../types.ts';
import { issueCommentEvent } from './issue-comment.ts';
import { issuesEvent } from './issues.ts';
import { pullRequestEvent } from './pull-request.ts';
import { mergeGroupEvent, pushEvent } from './push.ts';
import { repositoryPayload } from './repository.ts';
import { scheduleEvent, workflowDispatchEvent, workflowRunEvent } from './workflow.ts';

/** Fields of one event beside `repository` and `sender`. */
export type EventFields = (world: World, options: EventOptions) => EventPayload;

const EVENTS: Readonly<Record<EventName, EventFields>> = {
  pull_request: pullRequestEvent,
  pull_request_target: pullRequestEvent,
  push: pushEvent,
  issue_comment: issueCommentEvent,
  issues: issuesEvent,
  merge_group: mergeGroupEvent,
  workflow_dispatch: workflowDispatchEvent,
  workflow_run: workflowRunEvent,
  schedule: scheduleEvent,
};

/** Who wrote what the event is about. */
function authorOf(payload: EventPayload): string | undefined {
  const subject = (payload.comment ?? payload.pull_request ?? payload.issue) as
    | { user?: { login: string } }
    | undefined;
  return subject?.user?.login;
}

/** The payload of an event as GitHub would write it into the file at GITHUB_EVENT_PATH. */
export function createEvent(world: World, name: EventName, options: EventOptions): EventPayload {
  const fields = EVENTS[name];
  if (!fields) throw new Error(`There is no event ${name} here: use ${Object.keys(EVENTS).join(', ')}.`);
  const record = recordOf(options.repository);
  const payload = fields(world, options);
  return {
    ...payload,
    repository: repositoryPayload(world, record, name),
    sender: userJson(world, account(world, options.sender ?? authorOf(payload) ?? 'octocat')),
  };
}
