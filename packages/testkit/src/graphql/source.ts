import { GraphQLError } from 'graphql';
import type { CommitDetail, TreeEntry } from '../git/history.ts';
import type { Call } from '../http/call.ts';
import type { RepositoryRecord, TokenRecord } from '../state/records.ts';
import { accessTo } from '../state/tokens.ts';
import type { World } from '../state/world.ts';
import type { Permission } from '../types.ts';

/** What every resolver is given. */
export interface Context {
  readonly call: Call;
  readonly world: World;
  readonly viewer: TokenRecord;
  readonly stale: number;
}

export interface RefSource {
  readonly kind: 'ref';
  readonly repository: RepositoryRecord;
  /** Full name. */
  readonly ref: string;
  readonly oid: string;
}

export interface CommitSource {
  readonly kind: 'commit';
  readonly repository: RepositoryRecord;
  readonly detail: CommitDetail;
}

export interface TreeSource {
  readonly kind: 'tree';
  readonly repository: RepositoryRecord;
  readonly oid: string;
  readonly data: Buffer;
}

export interface BlobSource {
  readonly kind: 'blob';
  readonly repository: RepositoryRecord;
  readonly oid: string;
  readonly data: Buffer;
}

/** An annotated tag's own object. */
export interface TagSource {
  readonly kind: 'tag';
  readonly repository: RepositoryRecord;
  readonly oid: string;
  readonly data: Buffer;
}

export interface EntrySource {
  readonly kind: 'entry';
  readonly repository: RepositoryRecord;
  readonly entry: Omit<TreeEntry, 'size'>;
}

export type Args = Readonly<Record<string, unknown>>;

/** Fields of one GraphQL type. A field that is not here is not implemented. */
export type Fields<Source> = Readonly<
  Record<string, (source: Source, args: Args, context: Context) => unknown>
>;

const PLAIN = Symbol('plain');

/** An object whose own properties are its fields: connections, payloads, page information. */
export function plain<Value extends object>(value: Value): Value {
  return Object.assign(value, { [PLAIN]: true });
}

/** Whether `plain` has marked it. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && PLAIN in value;
}

export type ErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'STALE_DATA'
  | 'UNPROCESSABLE'
  | 'BAD_USER_INPUT'
  | string;

/** An error of one of GitHub's kinds: part of a truthful answer. */
export function fault(type: ErrorType, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export const notAccessible = (): GraphQLError => fault('FORBIDDEN', 'Resource not accessible by integration');

/** Refuses as GitHub does what the viewer may not do in a repository. */
export function requireAccess(
  { viewer }: Pick<Context, 'viewer'>,
  repository: RepositoryRecord,
  permission: Permission,
  wanted: 'read' | 'write' = 'read',
): void {
  const access = accessTo(viewer, repository, permission, wanted);
  if (access === 'hidden') {
    throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${repository.fullName}'.`);
  }
  if (access !== 'granted') throw notAccessible();
  if (wanted === 'write' && repository.archived) {
    throw fault('FORBIDDEN', 'Repository was archived so is read-only.');
  }
}

/** A text argument; the schema has checked its type. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The `input` of a mutation. */
export function inputOf(args: Args): Args {
  return (args.input ?? {}) as Args;
}
