import type { Account } from '../state/records.ts';
import { accessTo } from '../state/tokens.ts';
import { findRepository } from '../state/world.ts';
import { type Args, type Context, type Fields, fault, plain, textOf } from './source.ts';

function repository(_: unknown, args: Args, { world, viewer }: Context) {
  const name = `${textOf(args.owner)}/${textOf(args.name)}`;
  const found = findRepository(world, name);
  if (!found || accessTo(viewer, found, 'metadata', 'read') === 'hidden') {
    throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
  }
  return found;
}

function rateLimit(_: unknown, _args: Args, { world }: Context) {
  const resetAt = new Date(world.now().getTime() + 3_600_000).toISOString();
  return plain({ cost: 1, limit: 5000, nodeCount: 0, remaining: 4999, used: 1, resetAt });
}

/** The record behind a global node id that the viewer may see. */
export function findNode(id: unknown, { world, viewer }: Context) {
  const named = world.nodes.get(textOf(id));
  const node = named?.kind === 'comment-id' ? world.comments.get(named.id) : named;
  const home =
    node?.kind === 'comment'
      ? node.conversation.repository
      : node?.kind === 'repository'
        ? node
        : node?.repository;
  if (!node || !home || accessTo(viewer, home, 'metadata', 'read') === 'hidden') {
    throw fault('NOT_FOUND', `Could not resolve to a node with the global id of '${textOf(id)}'`);
  }
  return node;
}

export const QUERY_FIELDS: Fields<unknown> = {
  repository,
  rateLimit,
  viewer: (_, _args, { viewer }) => viewer.account,
  node: (_, args, context) => findNode(args.id, context),
  nodes: (_, args, context) => (Array.isArray(args.ids) ? args.ids.map((id) => findNode(id, context)) : []),
};

const shared: Fields<Account> = {
  id: (account) => account.nodeId,
  databaseId: (account) => account.id,
  url: (account, _, { world }) => `${world.url}/${account.login}`,
  avatarUrl: (account, _, { world }) => `${world.url}/avatars/${account.id}`,
};

export const ACCOUNT_FIELDS: Fields<Account> = { ...shared, login: (account) => account.login };

/** In GraphQL a bot's login lacks the `[bot]` that REST shows; `viewer.login`, a user, keeps it. */
export const BOT_FIELDS: Fields<Account> = {
  ...shared,
  login: (account) => account.login.replace(/\[bot\]$/, ''),
};
