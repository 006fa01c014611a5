import { ConfigurationError, type InputReader } from '../action/index.ts';
import { type PathSpec, parsePathSpec } from '../gitops/index.ts';

/**
 * Reads an input that says where images stand: files, folders and globs.
 *
 * @param mayBeEmpty something else says where to write
 * @throws ConfigurationError when it is empty, or leaves the repository
 */
export function readPaths(reader: InputReader, input: string, mayBeEmpty = false): PathSpec {
  const paths = parsePathSpec(reader.list(input), input);
  if (paths.length > 0 || mayBeEmpty) return paths;
  throw new ConfigurationError(
    `Input "${input}" is empty; name the files, folders or globs that hold the images.`,
  );
}
