import type { Clock } from '../types.ts';
import type { Account, CommentRecord, NodeRecord, RepositoryRecord, TokenRecord } from './records.ts';

/** Everything one GitHub on loopback knows. */
export interface World {
  readonly url: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Folder that holds `<owner>/<name>.git`. */
  readonly directory: string;
  readonly now: Clock;
  readonly accounts: Map<string, Account>;
  /** By lower-case full name. */
  readonly repositories: Map<string, RepositoryRecord>;
  readonly nodes: Map<string, NodeRecord>;
  readonly comments: Map<number, CommentRecord>;
  readonly tokens: Map<string, TokenRecord>;
  readonly problems: string[];
  lastId: number;
}

/** A world without any repository. */
export function createWorld(fields: Pick<World, 'url' | 'directory' | 'now'>): World {
  return {
    ...fields,
    apiUrl: `${fields.url}/api/v3`,
    graphqlUrl: `${fields.url}/api/graphql`,
    accounts: new Map(),
    repositories: new Map(),
    nodes: new Map(),
    comments: new Map(),
    tokens: new Map(),
    problems: [],
    lastId: 1000,
  };
}

/** A number that no other object of this world has. */
export function nextId(world: World): number {
  world.lastId += 1;
  return world.lastId;
}

/** A global node id in GitHub's look: type prefix and an opaque part. */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(String(id)).toString('base64url')}`;
}

/** The present in GitHub's form: UTC, whole seconds. */
export function timestamp(world: World): string {
  return `${world.now().toISOString().slice(0, 19)}Z`;
}

function accountType(login: string): Account['type'] {
  return login.endsWith('[bot]') ? 'Bot' : 'User';
}

const ACCOUNT_PREFIX = { User: 'U', Bot: 'BOT', Organization: 'O' } as const;

/** Finds an account, or makes it: nobody needs to sign up here. */
export function account(world: World, login: string, type = accountType(login)): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known) return known;
  // The number of the real github-actions[bot], which users put into commit addresses.
  const id = login === 'github-actions[bot]' ? 41898282 : nextId(world);
  const made = { login, id, nodeId: nodeId(ACCOUNT_PREFIX[type], id), type };
  world.accounts.set(login.toLowerCase(), made);
  return made;
}

/** By full name, whatever its case. */
export function findRepository(world: World, fullName: string): RepositoryRecord | undefined {
  return world.repositories.get(fullName.toLowerCase());
}
