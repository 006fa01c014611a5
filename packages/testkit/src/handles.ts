import type { PullRecord, RepositoryRecord } from './state/records.ts';
import type { PullRequest, Repository } from './types.ts';

const repositories = new WeakMap<RepositoryRecord, Repository>();
const repositoryRecords = new WeakMap<Repository, RepositoryRecord>();
const pullRecords = new WeakMap<PullRequest, PullRecord>();

/** Ties what a test holds in its hands to the record behind it. */
export function keepRepository(repository: Repository, record: RepositoryRecord): Repository {
  repositories.set(record, repository);
  repositoryRecords.set(repository, record);
  return repository;
}

/** The same for a pull request, of which there may be many handles. */
export function keepPullRequest(pullRequest: PullRequest, record: PullRecord): PullRequest {
  pullRecords.set(pullRequest, record);
  return pullRequest;
}

/** The test's repository of a record: one object, made with it. */
export function repositoryOf(record: RepositoryRecord): Repository {
  const repository = repositories.get(record);
  if (!repository) throw new Error(`Repository ${record.fullName} has no handle.`);
  return repository;
}

/** The record behind a test's repository. */
export function recordOf(repository: Repository): RepositoryRecord {
  const record = repositoryRecords.get(repository);
  if (!record) throw new Error(`Repository ${repository.fullName} was not made by this kit.`);
  return record;
}

/** The record behind a test's pull request. */
export function pullRecordOf(pullRequest: PullRequest): PullRecord {
  const record = pullRecords.get(pullRequest);
  if (!record) throw new Error(`Pull request #${pullRequest.number} was not made by this kit.`);
  return record;
}
