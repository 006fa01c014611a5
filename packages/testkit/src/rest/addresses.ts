import type { World } from '../state/world.ts';

/** The URL fields that GitHub puts on a repository, after the repository's own address. */
const REPOSITORY_PATHS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

const USER_PATHS = {
  events_url: '/events{/privacy}',
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  organizations_url: '/orgs',
  received_events_url: '/received_events',
  repos_url: '/repos',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
} as const;

type Addresses<Paths> = { [Name in keyof Paths]: string };

function below<Paths extends Record<string, string>>(root: string, paths: Paths): Addresses<Paths> {
  const addresses = Object.entries(paths).map(([name, path]) => [name, `${root}${path}`]);
  return Object.fromEntries(addresses) as Addresses<Paths>;
}

/** Every `…_url` field of a repository. */
export function repositoryAddresses(world: World, fullName: string) {
  return below(`${world.apiUrl}/repos/${fullName}`, REPOSITORY_PATHS);
}

/** Every `…_url` field of an account. */
export function userAddresses(world: World, login: string) {
  return below(`${world.apiUrl}/users/${encodeURIComponent(login)}`, USER_PATHS);
}
