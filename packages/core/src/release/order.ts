import { type CommitPair, commitIn, orderByShape } from './order-by-shape.ts';
import { orderOf, orderOfNumbers, orderOfVersions, type ReleaseOrder } from './release-order.ts';

/** How two release ids are ordered: `auto` looks at their shape; an expression takes its named group `order`. */
export type OrderRule = 'auto' | 'semver' | 'numeric' | 'ancestry' | 'none' | RegExp;

/**
 * Orders two release ids. Never by a clock: by what the ids themselves say.
 *
 * `auto`: ids of one format by their run number (`v1.0.42-abc1234`, `main-42`) or timestamp (`abc1234-202611211130`); bare
 * commit hashes by ancestry; SemVer by its precedence (https://semver.org/#spec-item-11), without a commit behind it;
 * anything else is unknown, and so is what could be read in two ways, such as two numbers that may be commits.
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
  if (rule === 'ancestry') return byCommit(current, candidate);
  if (rule === 'semver') return orderOfVersions(current, candidate) ?? 'unknown';
  if (rule === 'numeric') return orderOfNumbers(current, candidate) ?? 'unknown';
  if (rule === 'auto') return orderByShape(current, candidate);
  return byExpression(rule, current, candidate);
}

function byCommit(current: string, candidate: string): ReleaseOrder | CommitPair {
  const [a, b] = [commitIn(current), commitIn(candidate)];
  return a === undefined || b === undefined ? 'unknown' : { current: a, candidate: b };
}

function byExpression(expression: RegExp, current: string, candidate: string): ReleaseOrder {
  const [a, b] = [expression.exec(current)?.groups?.order, expression.exec(candidate)?.groups?.order];
  if (a === undefined || b === undefined) return 'unknown';
  return orderOfNumbers(a, b) ?? orderOfVersions(a, b) ?? orderOf(a < b ? 1 : a > b ? -1 : 0);
}
