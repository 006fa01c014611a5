import { recordOf } from '../handles.ts';
import { issueJson } from '../rest/conversation-json.ts';
import type { World } from '../state/world.ts';
import type { EventOptions, EventPayload } from '../types.ts';
import { withReactions } from './reactions.ts';

/** Something happened to an issue, by default its opening. */
export function issuesEvent(world: World, options: EventOptions): EventPayload {
  const issue = options.issue && recordOf(options.repository).conversations.get(options.issue.number);
  if (!issue) throw new Error('An issues event needs an issue of its repository.');
  return { action: options.action ?? 'opened', issue: withReactions(issueJson(world, issue)) };
}
