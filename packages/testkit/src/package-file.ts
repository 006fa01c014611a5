import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A data file inside a dependency of this package, found on disk: packages of schemas do not export their files.
 *
 * @param path package name and path, e.g. `@octokit/openapi/generated/api.github.com.json`
 */
export function packageFile(path: string): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = join(fileURLToPath(folder), 'node_modules', path);
    if (existsSync(file)) return file;
    if (folder.pathname === '/') throw new Error(`${path} is not installed: run "pnpm install".`);
  }
}
