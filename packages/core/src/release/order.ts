import compareSemVer from 'semver/functions/compare.js';
import parseSemVer from 'semver/functions/parse.js';

/** What a candidate is to what stands there now. */
export type ReleaseOrder = 'older' | 'same' | 'newer' | 'unknown';

/** How two release ids are ordered: `auto` looks at their shape; an expression takes its named group `order`. */
export type OrderRule = 'auto' | 'semver' | 'numeric' | 'ancestry' | 'none' | RegExp;

/** Two ids whose order only their commits tell. */
export interface CommitPair {
  readonly current: string;
  readonly candidate: string;
}

const RUN = /^(?<rest>.*[^0-9])(?<sequence>\d{1,18})-g?[0-9a-f]{7,40}$/;
const TIMESTAMP = /^(?<rest>)g?[0-9a-f]{7,40}-(?<sequence>\d{8}(?:\d{4}|\d{6})?)$/;
const HASH = /^g?(?<hash>[0-9a-f]{7,40})$/;
const LAST_HASH = /(?:^|-)g?(?<hash>[0-9a-f]{7,40})$/;

/**
 * Orders two release ids. Never by a clock: by what the ids themselves say.
 *
 * `auto`: ids of one format by their run number (`v1.0.42-abc1234`) or timestamp (`abc1234-202611211130`); bare commit hashes
 * by ancestry; SemVer by its precedence (https://semver.org/#spec-item-11); anything else is unknown.
 *
 * @param current what stands there now
 * @param candidate what is to be written
 * @returns the order, or the commits whose ancestry decides
 */
export function orderReleases(
  current: string,
  candidate: string,
  rule: OrderRule,
): ReleaseOrder | CommitPair {
  if (current === candidate) return 'same';
  if (rule === 'none') return 'unknown';
  if (rule === 'ancestry') return commitsOf(LAST_HASH, current, candidate) ?? 'unknown';
  if (rule === 'semver') return bySemVer(current, candidate) ?? 'unknown';
  if (rule === 'numeric') return byNumber(current, candidate) ?? 'unknown';
  if (rule === 'auto') return byShape(current, candidate);
  return byExpression(rule, current, candidate);
}

function byShape(current: string, candidate: string): ReleaseOrder | CommitPair {
  const bySequence = sequenced(RUN, current, candidate) ?? sequenced(TIMESTAMP, current, candidate);
  if (bySequence !== undefined) return bySequence;
  return commitsOf(HASH, current, candidate) ?? bySemVer(current, candidate) ?? 'unknown';
}

/** Ids of one format: alike but for sequence and commit. One run number with two commits is no order. */
function sequenced(shape: RegExp, current: string, candidate: string): ReleaseOrder | undefined {
  const [a, b] = [shape.exec(current)?.groups, shape.exec(candidate)?.groups];
  if (a?.rest === undefined || b?.rest === undefined || a.rest !== b.rest) return undefined;
  const order = byNumber(a.sequence ?? '', b.sequence ?? '');
  return order === 'same' ? 'unknown' : order;
}

function commitsOf(shape: RegExp, current: string, candidate: string): CommitPair | undefined {
  const [a, b] = [shape.exec(current)?.groups?.hash, shape.exec(candidate)?.groups?.hash];
  return a === undefined || b === undefined ? undefined : { current: a, candidate: b };
}

function bySemVer(current: string, candidate: string): ReleaseOrder | undefined {
  const [a, b] = [parseSemVer(current), parseSemVer(candidate)];
  return a === null || b === null ? undefined : orderOf(compareSemVer(b, a));
}

function byNumber(current: string, candidate: string): ReleaseOrder | undefined {
  if (![current, candidate].every((text) => /^\d{1,30}$/.test(text))) return undefined;
  const [a, b] = [BigInt(current), BigInt(candidate)];
  return orderOf(a < b ? 1 : a > b ? -1 : 0);
}

function byExpression(expression: RegExp, current: string, candidate: string): ReleaseOrder {
  const [a, b] = [expression.exec(current)?.groups?.order, expression.exec(candidate)?.groups?.order];
  if (a === undefined || b === undefined) return 'unknown';
  return byNumber(a, b) ?? bySemVer(a, b) ?? orderOf(a < b ? 1 : a > b ? -1 : 0);
}

function orderOf(sign: number): ReleaseOrder {
  return sign > 0 ? 'newer' : sign < 0 ? 'older' : 'same';
}
