import { ConfigurationError } from '../action/index.ts';
import type { PathSpec } from './repository.ts';

/** Whether one path is the other or lies below it; no slashes at the ends, and empty for the root. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

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
