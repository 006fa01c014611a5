import { ConfigurationError } from '../action/index.ts';
import type { PathSpec, RepositoryFile, Snapshot } from '../gitops/index.ts';
import type { ValueTarget } from '../manifest/index.ts';

/** Which files are searched. */
export interface Search {
  readonly paths: PathSpec;
  /** The input that `paths` come from; default `path`. */
  readonly input?: string;
  readonly values?: readonly ValueTarget[];
  /** What is searched, for messages: `acme/gitops@main`. */
  readonly name: string;
}

/**
 * The files of a snapshot that are searched: those that are named, and of folders and patterns YAML and JSON files.
 *
 * @throws ConfigurationError when a named one is no regular file, when one of `values` is missing, or when there are none
 */
export function readableFiles(
  snapshot: Snapshot,
  { paths, input = 'path', values = [], name }: Search,
): readonly RepositoryFile[] {
  const named = new Set([...paths, ...values.map(({ file }) => file)]);
  const files = snapshot.files.filter(({ path, mode }) => {
    if (named.has(path) && mode !== 'regular')
      throw new ConfigurationError(
        `Input "${paths.includes(path) ? input : 'values'}" names ${path}, which is not a regular file but ${mode}; name the file itself.`,
      );
    return named.has(path) || (mode === 'regular' && /\.(?:ya?ml|json)$/i.test(path));
  });
  const missing = values.find(({ file }) => !files.some(({ path }) => path === file));
  if (missing !== undefined)
    throw new ConfigurationError(
      `Input "values" names ${missing.file}, which is not in ${name}; correct the path, or the branch.`,
    );
  if (files.length > 0) return files;
  throw new ConfigurationError(
    `Input "${input}" (${paths.map((path) => path || '.').join(', ')}) matches no YAML or JSON file in ${name}; correct the path, or the branch.`,
  );
}
