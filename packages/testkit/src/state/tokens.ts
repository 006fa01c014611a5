import { randomBytes } from 'node:crypto';
import type { Access, Permission, TokenOptions } from '../types.ts';
import type { RepositoryRecord, TokenRecord } from './records.ts';
import { account, type World } from './world.ts';

const PERMISSIONS: readonly Permission[] = [
  'contents',
  'issues',
  'pull_requests',
  'deployments',
  'actions',
  'metadata',
];

function grants(given: TokenOptions['permissions']): TokenRecord['permissions'] {
  // GitHub gives every token the metadata of what it may see.
  const access = (name: Permission): Access =>
    given ? (given[name] ?? (name === 'metadata' ? 'read' : 'none')) : 'write';
  return {
    contents: access('contents'),
    issues: access('issues'),
    pull_requests: access('pull_requests'),
    deployments: access('deployments'),
    actions: access('actions'),
    metadata: access('metadata'),
  };
}

function keep(world: World, token: Omit<TokenRecord, 'text'>): string {
  const text = `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, 'x')}`;
  world.tokens.set(text, { ...token, text });
  return text;
}

/** Makes a token in the form of an installation's (`ghs_…`). */
export function issueToken(world: World, options: TokenOptions = {}): string {
  const unknown = Object.keys(options.permissions ?? {}).filter(
    (name) => !(PERMISSIONS as readonly string[]).includes(name),
  );
  if (unknown.length > 0)
    throw new Error(`Unknown permission ${unknown.join(', ')}: use ${PERMISSIONS.join(', ')}.`);
  const repositories = options.repositories?.map((name) => name.toLowerCase());
  return keep(world, {
    origin: null,
    account: account(world, options.as ?? 'github-actions[bot]'),
    permissions: grants(options.permissions),
    repositories: repositories ? new Set(repositories) : null,
  });
}

/** A second token with the rights of a known one; null when it is unknown. */
export function copyToken(world: World, text: string): string | null {
  const token = world.tokens.get(text);
  return token ? keep(world, { ...token, origin: text }) : null;
}

/** The secret of an `Authorization` header: `token`, `bearer` or basic's password. */
export function readAuthorization(header: string | undefined): string | null {
  const [scheme = '', value = ''] = (header ?? '').trim().split(/\s+/, 2);
  if (/^(token|bearer)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

const RANK = { none: 0, read: 1, write: 2 } as const;

/**
 * What a token may do in a repository: `hidden` where GitHub would not even say that it exists, `anonymous` where it
 * asks to sign in first.
 */
export function accessTo(
  viewer: TokenRecord | null,
  repository: RepositoryRecord,
  permission: Permission,
  wanted: 'read' | 'write',
): 'granted' | 'hidden' | 'forbidden' | 'anonymous' {
  const covers = viewer?.repositories?.has(repository.fullName.toLowerCase()) ?? viewer !== null;
  if (repository.private && (!covers || viewer?.permissions.metadata === 'none')) return 'hidden';
  if (wanted === 'read' && !repository.private) return 'granted';
  if (!viewer) return 'anonymous';
  return covers && RANK[viewer.permissions[permission]] >= RANK[wanted] ? 'granted' : 'forbidden';
}

/** Makes a token and its copies unknown. */
export function revokeToken(world: World, text: string): void {
  for (const token of world.tokens.values()) {
    if (token.text === text || token.origin === text) world.tokens.delete(token.text);
  }
}
