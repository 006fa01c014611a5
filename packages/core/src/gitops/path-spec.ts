import picomatch from 'picomatch';
import { ConfigurationError } from '../action/index.ts';
import type { PathSpec } from './repository.ts';

/**
 * Cleans paths as users write them: no leading `./`, no trailing `/`.
 *
 * @param input the input they come from, for errors
 * @throws ConfigurationError for a path that leaves the repository, is absolute, uses a backslash, or begins with `!`
 */
export function parsePathSpec(paths: readonly string[], input: string): PathSpec {
  return paths.map((path) => {
    const cleaned = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
    // Paths add up: one that looks like an exception would be none.
    if (cleaned.startsWith('!'))
      throw new ConfigurationError(
        `Input "${input}" has the path ${JSON.stringify(path)}; nothing can be left out with "!", so name the paths that are meant.`,
      );
    const isInside = !cleaned.startsWith('/') && !cleaned.includes('\\') && !/[\0\r\n:]/.test(cleaned);
    if (!isInside || cleaned.split('/').some((part) => part === '..' || part === '.git')) {
      throw new ConfigurationError(
        `Input "${input}" has the path ${JSON.stringify(path)}; it must stay inside the repository and use "/" (no leading "/", no "..", ":" or "\\").`,
      );
    }
    return cleaned === '.' ? '' : cleaned;
  });
}

/** Whether a path is a pattern: `*`, `?`, `[…]`, `{a,b}` as in https://github.com/micromatch/picomatch. */
export function isGlob(path: string): boolean {
  return picomatch.scan(path).isGlob;
}

/** The folder a pattern cannot leave; empty for the root. */
export function globBase(pattern: string): string {
  return picomatch.scan(pattern).base;
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
  return (path) => spec === '' || path === spec || path.startsWith(`${spec}/`);
}
