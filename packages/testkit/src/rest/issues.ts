import { RestError } from '../http/answer.ts';
import { setLabels } from '../state/conversations.ts';
import { issueJson, labelJson } from './conversation-json.ts';
import { conversationOf } from './find.ts';
import { paged } from './paging.ts';
import { ok, type RestCall, type Routes, reads, writes } from './route.ts';

const EITHER = ['issues', 'pull_requests'] as const;

function labelsJson(call: RestCall) {
  return conversationOf(call).labels.map((one) => labelJson(call.world, call.repository, one));
}

/** GitHub takes names, or objects with a name. */
function givenLabels(call: RestCall): string[] {
  const given = call.body.labels;
  const names = Array.isArray(given) ? given.map((one) => (typeof one === 'string' ? one : one?.name)) : [];
  return names.filter((name): name is string => typeof name === 'string');
}

function addLabels(call: RestCall) {
  const conversation = conversationOf(call);
  const names = [...conversation.labels.map((one) => one.name), ...givenLabels(call)];
  setLabels(call.world, conversation, names);
  return ok(labelsJson(call));
}

function removeLabel(call: RestCall) {
  const conversation = conversationOf(call);
  const unwanted = (call.params.name ?? '').toLowerCase();
  const names = conversation.labels.map((one) => one.name);
  const kept = names.filter((name) => name.toLowerCase() !== unwanted);
  if (kept.length === names.length) throw new RestError(404, 'Label does not exist');
  setLabels(call.world, conversation, kept);
  return ok(labelsJson(call));
}

function getIssue(call: RestCall) {
  return ok(issueJson(call.world, conversationOf(call)));
}

export const ISSUE_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}': reads('issues', getIssue),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/labels': reads('issues', (call) =>
    paged(call, conversationOf(call).labels, (one) => labelJson(call.world, call.repository, one)),
  ),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': writes(EITHER, addLabels),
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': writes(EITHER, removeLabel),
};
