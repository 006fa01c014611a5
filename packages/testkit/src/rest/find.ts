import { notFound } from '../http/answer.ts';
import type { CommentRecord, ConversationRecord, DeploymentRecord, PullRecord } from '../state/records.ts';
import type { RestCall } from './route.ts';

function number(call: RestCall, parameter: string): number {
  return Number(call.params[parameter]);
}

/** The issue or pull request of the path, or 404. */
export function conversationOf(call: RestCall): ConversationRecord {
  const found = call.repository.conversations.get(number(call, 'issue_number'));
  if (!found) throw notFound();
  return found;
}

/** The pull request of the path, or 404. */
export function pullOf(call: RestCall): PullRecord {
  const found = call.repository.conversations.get(number(call, 'pull_number'));
  if (found?.kind !== 'pull') throw notFound();
  return found;
}

/** The comment of the path, if it belongs to the repository, or 404. */
export function commentOf(call: RestCall): CommentRecord {
  const found = call.world.comments.get(number(call, 'comment_id'));
  if (found?.conversation.repository !== call.repository) throw notFound();
  return found;
}

/** The deployment of the path, or 404. */
export function deploymentOf(call: RestCall): DeploymentRecord {
  const id = number(call, 'deployment_id');
  const found = call.repository.deployments.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** A text field of the body; the OpenAPI check has refused other types before. */
export function text(call: RestCall, field: string): string | undefined {
  const value = call.body[field];
  return typeof value === 'string' ? value : undefined;
}

/** A boolean field of the body, or its default. */
export function flag(call: RestCall, field: string, fallback: boolean): boolean {
  const value = call.body[field];
  return typeof value === 'boolean' ? value : fallback;
}
