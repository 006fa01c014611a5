import compareSemVer from 'semver/functions/compare.js';
import parseSemVer from 'semver/functions/parse.js';

/** What a candidate is to what stands there now. */
export type ReleaseOrder = 'older' | 'same' | 'newer' | 'unknown';

/** Orders two whole numbers in digits; undefined when one is none. */
export function orderOfNumbers(current: string, candidate: string): ReleaseOrder | undefined {
  if (![current, candidate].every((text) => /^\d{1,40}$/.test(text))) return undefined;
  const [a, b] = [BigInt(current), BigInt(candidate)];
  return orderOf(a < b ? 1 : a > b ? -1 : 0);
}

/** Orders two SemVer versions by precedence; undefined when one is none. https://semver.org/#spec-item-11 */
export function orderOfVersions(current: string, candidate: string): ReleaseOrder | undefined {
  const [a, b] = [parseSemVer(current), parseSemVer(candidate)];
  return a === null || b === null ? undefined : orderOf(compareSemVer(b, a));
}

/** The order that a comparison's sign says: positive when the candidate is greater. */
export function orderOf(sign: number): ReleaseOrder {
  return sign > 0 ? 'newer' : sign < 0 ? 'older' : 'same';
}
