import { notFound } from '../http/answer.ts';
import type { RepositoryRecord, RunRecord } from '../state/records.ts';
import { nodeId, type World } from '../state/world.ts';
import { readCommit } from './commit-json.ts';
import { page } from './paging.ts';
import { ok, type RestCall, type Routes, reads } from './route.ts';
import { apiAddress, repositoryJson, userJson, webAddress } from './templates.ts';

async function headCommit(repository: RepositoryRecord, sha: string) {
  const detail = await readCommit(repository, sha);
  if (!detail) return null;
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email });
  return {
    id: sha,
    tree_id: detail.tree,
    message: detail.message,
    timestamp: detail.committer.date,
    author: person(detail.author),
    committer: person(detail.committer),
  };
}

/** A workflow run as the `actions` API and the `workflow_run` event show it. */
export async function runJson(world: World, run: RunRecord) {
  const { repository } = run;
  return { ...runFields(world, run), head_commit: await headCommit(repository, run.sha) };
}

/** All of a run but its commit, which has to be read from git. */
export function runFields(world: World, run: RunRecord) {
  const { repository, id } = run;
  const url = `${apiAddress(world, repository)}/actions/runs/${id}`;
  return {
    id,
    name: run.name,
    display_title: run.name,
    node_id: nodeId('WFR', id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    run_number: run.runNumber,
    run_attempt: run.runAttempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: id,
    check_suite_node_id: nodeId('CS', id),
    url,
    html_url: `${webAddress(world, repository)}/actions/runs/${id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor: userJson(world, repository.owner),
    triggering_actor: userJson(world, repository.owner),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiAddress(world, repository)}/check-suites/${id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${apiAddress(world, repository)}/actions/workflows/${run.workflowId}`,
    repository: repositoryJson(world, repository),
    head_repository: repositoryJson(world, repository),
    referenced_workflows: [],
  };
}

async function getRun(call: RestCall) {
  const run = call.repository.runs.find((one) => one.id === Number(call.params.run_id));
  if (!run) throw notFound();
  return ok(await runJson(call.world, run));
}

/** `status` takes a status or a conclusion. */
function fits(call: RestCall, run: RunRecord): boolean {
  const asked = (name: string, ...values: (string | null)[]) => {
    const wanted = call.query.get(name);
    return wanted === null || values.includes(wanted);
  };
  return (
    asked('branch', run.branch) &&
    asked('event', run.event) &&
    asked('head_sha', run.sha) &&
    asked('status', run.status, run.conclusion)
  );
}

async function listRuns(call: RestCall) {
  const { repository, params } = call;
  const wanted = params.workflow_id ?? '';
  const ids = [...repository.workflows].find(
    ([path, id]) => String(id) === wanted || path.endsWith(`/${wanted}`),
  );
  if (!ids) throw notFound();
  const runs = repository.runs.filter((run) => run.workflowId === ids[1] && fits(call, run));
  const newest = runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.runNumber - a.runNumber);
  const { items, headers } = page(call, newest);
  const workflow_runs = await Promise.all(items.map((run) => runJson(call.world, run)));
  return ok({ total_count: runs.length, workflow_runs }, headers);
}

export const RUN_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': reads('actions', getRun),
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': reads('actions', listRuns),
};
