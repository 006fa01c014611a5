import semver from 'semver';
import type { FluxImagePolicy } from '../../src/release/index.ts';

/**
 * What Flux's image-reflector-controller picks, by the rules it documents: the pattern filters, the extract replaces, the
 * last in order wins; of tags with one extract the one that was listed last stays.
 * https://fluxcd.io/flux/components/image/imagepolicies/
 *
 * @throws when a value is not of the policy's kind, as the controller fails then
 */
export function fluxPick(
  { filterTags, policy }: FluxImagePolicy,
  tags: readonly string[],
): string | undefined {
  const pattern = new RegExp(filterTags.pattern.replaceAll('(?P<', '(?<'));
  const extracted = new Map<string, string>();
  for (const tag of tags) {
    const groups = pattern.exec(tag)?.groups;
    if (groups === undefined) continue;
    extracted.set(
      filterTags.extract.replace(/\$(\w+)/g, (_all, name) => groups[name] ?? ''),
      tag,
    );
  }
  const latest = [...extracted.keys()]
    .filter((key) => isLegal(policy, key))
    .sort(by(policy))
    .at(-1);
  return latest === undefined ? undefined : extracted.get(latest);
}

function isLegal(policy: FluxImagePolicy['policy'], value: string): boolean {
  if (!('semver' in policy)) return true;
  const { range } = policy.semver;
  const version = semver.parse(value.replace(/^v/, ''));
  // To Flux a range that ends in `-0` takes every version with a pre-release, to node-semver only those of 0.0.0.
  return version !== null && semver.satisfies(version, range, { includePrerelease: range.endsWith('-0') });
}

function by(policy: FluxImagePolicy['policy']): (a: string, b: string) => number {
  if ('semver' in policy) return semver.compare;
  if ('alphabetical' in policy) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => float(a) - float(b);
}

function float(text: string): number {
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw new Error(`failed to parse invalid numeric value '${text}'`);
  return value;
}
