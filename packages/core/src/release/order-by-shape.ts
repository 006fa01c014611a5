import { orderOfNumbers, orderOfVersions, type ReleaseOrder } from './release-order.ts';
import { isHash, orderTokens } from './token-order.ts';

/** Two ids whose order only their commits tell. */
export interface CommitPair {
  readonly current: string;
  readonly candidate: string;
}

/** A version with a commit behind it, as in `1.2.0-rc.1-abc1234`. */
const VERSION_AND_COMMIT = /^(?<version>v?(?<core>\d+\.\d+\.\d+)(?:-.+)?)[-.]g?[0-9a-f]{7,40}$/;
/** A version with a run's number behind it, as in `1.2.0-rc.1-42`. */
const VERSION_AND_RUN = /^(?<version>v?(?<core>\d+\.\d+\.\d+)(?:-.+)?)-(?<run>\d+)$/;

/**
 * Orders two different ids of which no format is known, by what they have at the same places: one number that differs
 * decides, else dates; commits hold no order. Ids of other formats are compared as SemVer where both are that. In doubt
 * unknown.
 */
export function orderByShape(current: string, candidate: string): ReleaseOrder | CommitPair {
  return bySameShape(current, candidate) ?? byVersion(current, candidate) ?? 'unknown';
}

/** The commit that an id names: its last word that can be one; undefined when there is none. */
export function commitIn(id: string): string | undefined {
  return id.split(/[-_]/).findLast(isHash)?.replace(/^g/, '');
}

/** Undefined when the ids are not of one format, or more than one number differs. */
function bySameShape(current: string, candidate: string): ReleaseOrder | CommitPair | undefined {
  const [a, b] = [wordsOf(current), wordsOf(candidate)];
  if (a.signs !== b.signs) return undefined;
  const all = a.words.map((word, index) => orderTokens(word, b.words[index] ?? '', a.words[index - 1] ?? ''));
  if (all.some(({ kind }) => kind === 'clash')) return 'unknown';
  if (all.some(({ kind }) => kind === 'other')) return undefined;
  const hasCommit = all.some(({ kind }) => kind === 'commit');
  const ordersOf = (...kinds: readonly string[]) =>
    all.flatMap((one) => ('order' in one && kinds.includes(one.kind) ? [one.order] : []));
  // An id names one commit. Long numbers beside a word that must be one are counted; alone they may be commits.
  const numbers = ordersOf('number', ...(hasCommit ? ['number-or-commit'] : []));
  const commits = all.filter(({ kind }) => kind === 'commit' || (kind === 'number-or-commit' && !hasCommit));
  if (commits.length > 1) return 'unknown';
  if (numbers.length > 1) return undefined;
  const decisive = numbers.length > 0 ? numbers : ordersOf('date');
  const [order] = decisive;
  if (order !== undefined) return decisive.every((other) => other === order) ? order : 'unknown';
  return a.words.length === 1 ? pairOf(current, candidate) : 'unknown';
}

function wordsOf(id: string): { readonly words: readonly string[]; readonly signs: string } {
  return { words: id.split(/[-._]/), signs: id.replace(/[^-._]/g, '') };
}

function pairOf(current: string, candidate: string): CommitPair {
  return { current: current.replace(/^g/, ''), candidate: candidate.replace(/^g/, '') };
}

/** A commit behind a version is a pre-release to SemVer, and would be ordered by its digits: it is left out. */
function byVersion(current: string, candidate: string): ReleaseOrder | undefined {
  const order = orderVersions(current, candidate);
  const [a, b] = [VERSION_AND_COMMIT.exec(current)?.groups, VERSION_AND_COMMIT.exec(candidate)?.groups];
  if (order === undefined || (a === undefined && b === undefined)) return order;
  const isBoth = a !== undefined && b !== undefined;
  const part = isBoth ? 'version' : 'core';
  const left = orderVersions(a?.[part] ?? coreOf(current), b?.[part] ?? coreOf(candidate));
  return left === 'same' ? 'unknown' : left;
}

/**
 * SemVer takes a run's number behind a version for a part of its pre-release, and `1.2.0-rc.10-60` for older than
 * `1.2.0-rc.9-50`: what version and run both say of ids of one release goes before.
 */
function orderVersions(current: string, candidate: string): ReleaseOrder | undefined {
  const [a, b] = [VERSION_AND_RUN.exec(current)?.groups, VERSION_AND_RUN.exec(candidate)?.groups];
  const order = orderOfVersions(current, candidate);
  if (a === undefined || b === undefined || a.core !== b.core) return order;
  const left = orderOfVersions(a.version ?? '', b.version ?? '');
  return left === orderOfNumbers(a.run ?? '', b.run ?? '') ? left : order;
}

function coreOf(version: string): string {
  return /\d+\.\d+\.\d+/.exec(version)?.[0] ?? version;
}
