import type { Account, RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { repositoryAddresses, userAddresses } from './addresses.ts';

/** GitHub's "simple user". */
export function userJson(world: World, { login, id, nodeId, type }: Account) {
  return {
    login,
    id,
    node_id: nodeId,
    avatar_url: `${world.url}/avatars/${id}`,
    gravatar_id: '',
    url: `${world.apiUrl}/users/${encodeURIComponent(login)}`,
    html_url: `${world.url}/${type === 'Bot' ? `apps/${login.replace('[bot]', '')}` : login}`,
    ...userAddresses(world, login),
    type,
    site_admin: false,
  };
}

/** Web address of a repository. */
export const webAddress = (world: World, repository: RepositoryRecord) =>
  `${world.url}/${repository.fullName}`;
export const apiAddress = (world: World, repository: RepositoryRecord) =>
  `${world.apiUrl}/repos/${repository.fullName}`;

function openIssues(repository: RepositoryRecord): number {
  return [...repository.conversations.values()].filter((one) => one.state === 'open').length;
}

/** A repository as it stands inside other answers. */
export function repositoryJson(world: World, repository: RepositoryRecord) {
  const { fullName } = repository;
  const web = webAddress(world, repository);
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName,
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    owner: userJson(world, repository.owner),
    html_url: web,
    description: null,
    fork: false,
    url: apiAddress(world, repository),
    ...repositoryAddresses(world, fullName),
    clone_url: `${web}.git`,
    git_url: `git://${new URL(web).host}/${fullName}.git`,
    ssh_url: `git@${new URL(web).host}:${fullName}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    archived: repository.archived,
    disabled: false,
    has_downloads: true,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    open_issues: openIssues(repository),
    open_issues_count: openIssues(repository),
    size: 1,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    is_template: false,
    topics: [],
    web_commit_signoff_required: false,
    allow_forking: true,
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
  };
}

/** A repository as its own route shows it. */
export function fullRepositoryJson(world: World, repository: RepositoryRecord) {
  return { ...repositoryJson(world, repository), network_count: 0, subscribers_count: 0 };
}
