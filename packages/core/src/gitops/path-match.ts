import picomatch from 'picomatch';
import { isWithin } from './path-spec.ts';
import type { PathSpec } from './repository.ts';

/** Whether a path is a pattern: `*`, `?`, `[…]`, `{a,b}` as in https://github.com/micromatch/picomatch. */
export function isGlob(path: string): boolean {
  return picomatch.scan(path).isGlob;
}

/** The folder a pattern cannot leave; empty for the root. */
export function globBase(pattern: string): string {
  return picomatch.scan(pattern).base;
}

/** The files and folders that paths cannot leave, each once, without those that lie below another one. */
export function rootsOf(paths: PathSpec): readonly string[] {
  const bases = [...new Set(paths.map((path) => (isGlob(path) ? globBase(path) : path)))];
  return bases.filter((base) => !bases.some((other) => other !== base && isWithin(base, other)));
}

/** At most this many files and folders that hold all of these: themselves, or the one folder around them. */
export function fewRoots(roots: readonly string[], most: number): readonly string[] {
  const [first = '', ...others] = roots;
  if (roots.length <= most) return roots;
  const parts = first.split('/');
  const isShared = (count: number) =>
    others.every((other) => other.startsWith(`${parts.slice(0, count).join('/')}/`));
  let count = parts.length - 1;
  while (count > 0 && !isShared(count)) count--;
  return [parts.slice(0, count).join('/')];
}

/** How many levels below its base a pattern can match; for a folder itself any number. */
export function globDepth(pattern: string): number {
  const rest = pattern.slice(globBase(pattern).length);
  return !isGlob(pattern) || /\*\*|[{(]/.test(rest)
    ? Number.POSITIVE_INFINITY
    : rest.split('/').filter((part) => part !== '').length;
}

/** A test for file paths: the pattern itself, or anything below the folder when it is no pattern. */
export function pathMatcher(spec: string): (path: string) => boolean {
  if (isGlob(spec)) return picomatch(spec, { dot: true });
  return (path) => isWithin(path, spec);
}
