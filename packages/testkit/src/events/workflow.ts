import { pullRecordOf, recordOf } from '../handles.ts';
import { runFields } from '../rest/runs.ts';
import { apiAddress, repositoryJson, webAddress } from '../rest/templates.ts';
import { pullHead } from '../state/pulls.ts';
import type { RepositoryRecord, RunRecord } from '../state/records.ts';
import { addRun } from '../state/repositories.ts';
import { nodeId, type World } from '../state/world.ts';
import type { EventOptions, EventPayload } from '../types.ts';
import { simpleCommitPayload } from './commit.ts';
import { refOf, shaOf } from './push.ts';

const WORKFLOW = '.github/workflows/ci.yml';

/** Somebody started the workflow by hand, with `inputs`. */
export function workflowDispatchEvent(_: World, options: EventOptions): EventPayload {
  return {
    inputs: options.inputs ?? {},
    ref: refOf(recordOf(options.repository), options),
    workflow: WORKFLOW,
  };
}

/** The clock started the workflow. */
export function scheduleEvent(_: World, options: EventOptions): EventPayload {
  return { schedule: options.schedule ?? '0 3 * * *', workflow: WORKFLOW };
}

function workflowJson(world: World, run: RunRecord) {
  const { repository, workflowId, path, name } = run;
  return {
    id: workflowId,
    node_id: nodeId('W', workflowId),
    name,
    path,
    state: 'active',
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    url: `${apiAddress(world, repository)}/actions/workflows/${workflowId}`,
    html_url: `${webAddress(world, repository)}/blob/${repository.defaultBranch}/${path}`,
    badge_url: `${webAddress(world, repository)}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

function runOf(world: World, options: EventOptions): RunRecord {
  const record = recordOf(options.repository);
  const wanted = options.run?.id;
  const found = wanted ? record.runs.find((one) => one.id === wanted) : undefined;
  if (wanted && !found) throw new Error(`Repository ${record.fullName} has no run ${wanted}.`);
  const pull = options.pullRequest;
  const fields = pull ? { event: 'pull_request', branch: pull.head } : {};
  const sha = options.sha ?? (pull ? pullHead(pullRecordOf(pull)) : shaOf(record, options));
  return found ?? addRun(world, record, sha, { ...fields, sha });
}

/** A pull request of the same repository stands in `pull_requests`; a fork's does not, as on GitHub. */
function pullsOfRun(world: World, options: EventOptions) {
  const pull = options.pullRequest;
  if (!pull || pull.headRepository !== pull.repository) return [];
  const record = recordOf(options.repository);
  const repo = { id: record.id, name: record.name, url: apiAddress(world, record) };
  const sha = (ref: string) => shaOf(record, { repository: options.repository, ref });
  return [
    {
      id: record.conversations.get(pull.number)?.id,
      number: pull.number,
      url: `${apiAddress(world, record)}/pulls/${pull.number}`,
      head: { ref: pull.head, sha: sha(pull.head), repo },
      base: { ref: pull.base, sha: sha(pull.base), repo },
    },
  ];
}

/** Of a pull request the branch's repository, which may be a fork; of any other run its own. */
function headRepository(run: RunRecord, { pullRequest }: EventOptions): RepositoryRecord {
  return pullRequest ? recordOf(pullRequest.headRepository) : run.repository;
}

/** Another workflow's run ended; without `run` one is recorded for it. */
export function workflowRunEvent(world: World, options: EventOptions): EventPayload {
  const run = runOf(world, options);
  const head = headRepository(run, options);
  const workflow_run = {
    ...runFields(world, run),
    head_commit: simpleCommitPayload(world, head, run.sha),
    head_repository: repositoryJson(world, head),
    pull_requests: pullsOfRun(world, options),
  };
  return { action: options.action ?? 'completed', workflow: workflowJson(world, run), workflow_run };
}
