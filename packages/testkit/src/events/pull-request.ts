import { join } from 'node:path';
import { gitSync } from '../git/command.ts';
import { readRef } from '../git/refs.ts';
import { pullRecordOf } from '../handles.ts';
import { labelJson } from '../rest/conversation-json.ts';
import { pullDetails, pullSimpleJson } from '../rest/pull-json.ts';
import { label } from '../state/conversations.ts';
import { pullBase, pullHead } from '../state/pulls.ts';
import type { PullRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { EventOptions, EventPayload } from '../types.ts';
import { firstParent } from './commit.ts';

function numbers(pull: PullRecord) {
  const { repository, headRepository } = pull;
  // A fork's commits may not have been fetched yet.
  const env = { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(headRepository.directory, 'objects') };
  const range = [pullBase(pull), pullHead(pull)];
  const stat = gitSync(['diff', '--numstat', range.join('...')], repository.directory, env);
  const lines = stat
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t').map(Number));
  const sum = (column: number) => lines.reduce((total, line) => total + (line[column] || 0), 0);
  const commits = Number(gitSync(['rev-list', '--count', range.join('..')], repository.directory, env));
  return { additions: sum(0), deletions: sum(1), changed_files: lines.length, commits };
}

function pullPayload(world: World, pull: PullRecord) {
  const merge = readRef(pull.repository.directory, `refs/pull/${pull.number}/merge`);
  return { ...pullSimpleJson(world, pull), ...pullDetails(world, pull, numbers(pull), merge) };
}

/** What a `synchronize` and a label event say more. */
function extra(world: World, pull: PullRecord, action: string, options: EventOptions): EventPayload {
  if (action === 'synchronize') {
    const after = pullHead(pull);
    return { before: options.before ?? firstParent(pull.headRepository, after) ?? after, after };
  }
  if (action !== 'labeled' && action !== 'unlabeled') return {};
  const name = options.label ?? pull.labels[0]?.name;
  if (!name) throw new Error(`A ${action} event needs a label.`);
  return { label: labelJson(world, pull.repository, label(world, pull.repository, name)) };
}

/** `pull_request` and `pull_request_target`: the action defaults to opened, or closed for a closed one. */
export function pullRequestEvent(world: World, options: EventOptions): EventPayload {
  if (!options.pullRequest) throw new Error('A pull_request event needs a pullRequest.');
  const pull = pullRecordOf(options.pullRequest);
  const action = options.action ?? (pull.state === 'closed' ? 'closed' : 'opened');
  return {
    action,
    number: pull.number,
    ...extra(world, pull, action, options),
    pull_request: pullPayload(world, pull),
  };
}
