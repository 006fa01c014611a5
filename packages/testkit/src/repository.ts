import { issueOf } from './conversation.ts';
import { readLog } from './git/history.ts';
import { listRefs } from './git/refs.ts';
import { keepRepository } from './handles.ts';
import { openPullRequest, pullRequestOf } from './pull-request.ts';
import { commitFilesTo, deleteBranch, headOrFail, listFiles, readBytes } from './repository-files.ts';
import { commitSeriesTo, makeTag } from './repository-series.ts';
import { deploymentView, runView } from './repository-views.ts';
import { addIssue, setLabels } from './state/conversations.ts';
import { pullsOf } from './state/pulls.ts';
import type { RepositoryRecord } from './state/records.ts';
import { protectBranch } from './state/repositories.ts';
import { account, type World } from './state/world.ts';
import type { Repository } from './types.ts';

/** What tests hold in their hands; made once for each record. */
export function createRepositoryView(world: World, record: RepositoryRecord): Repository {
  const view: Repository = {
    fullName: record.fullName,
    owner: record.owner.login,
    name: record.name,
    id: record.id,
    nodeId: record.nodeId,
    url: `${world.url}/${record.fullName}`,
    cloneUrl: `${world.url}/${record.fullName}.git`,
    defaultBranch: record.defaultBranch,
    private: record.private,
    get archived() {
      return record.archived;
    },
    directory: record.directory,
    commit: (branch, files, options = {}) => commitFilesTo(world, record, branch, files, options),
    commitSeries: (branch, commits) => commitSeriesTo(world, record, branch, commits),
    tag: (name, options = {}) => makeTag(record, name, options),
    head: async (branch) => headOrFail(record, branch),
    branches: async () =>
      listRefs(record.directory, 'refs/heads/').map((ref) => ref.replace('refs/heads/', '')),
    deleteBranch: (branch) => deleteBranch(world, record, branch),
    read: async (branch, path) => (await readBytes(record, branch, path)).toString(),
    readBytes: (branch, path) => readBytes(record, branch, path),
    list: (branch, prefix = '') => listFiles(record, branch, prefix),
    log: async (branch) => readLog(record.directory, headOrFail(record, branch)),
    openPullRequest: (options) => openPullRequest(world, view, record, options),
    pullRequest: (number) => pullRequestOf(world, record, number),
    pullRequests: () => pullsOf(record).map((pull) => pullRequestOf(world, record, pull.number)),
    async openIssue(options = {}) {
      const author = account(world, options.author ?? 'octocat');
      const issue = addIssue(world, record, {
        title: options.title ?? 'Something is wrong',
        body: options.body ?? null,
        author,
      });
      setLabels(world, issue, options.labels ?? []);
      return issueOf(world, issue);
    },
    deployments: () => record.deployments.map(deploymentView),
    addRun: (options = {}) => runView(world, record, options),
    requireReview: (branch) => {
      record.reviewedBranches.add(branch);
    },
    protect: (branch) => protectBranch(record, branch),
    archive: (archived = true) => {
      record.archived = archived;
    },
  };
  return keepRepository(view, record);
}
