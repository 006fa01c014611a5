import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder, for a repository on loopback, with these texts replaced. */
export function filesOf(
  directory: string,
  replaced: Readonly<Record<string, string>>,
): Record<string, string> {
  const paths = globSync('**/*', { cwd: directory }).filter((path) =>
    statSync(join(directory, path)).isFile(),
  );
  const read = (path: string) =>
    Object.entries(replaced).reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      readFileSync(join(directory, path), 'utf8'),
    );
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}
