import { ConfigurationError, type InputReader, illegal, type Run } from '../action/index.ts';
import { at } from '../github/index.ts';
import { parsePathSpec } from '../gitops/index.ts';
import type { Mark } from './record.ts';

/**
 * Reads the input `path`: the folder of the GitOps repository that holds one folder per preview.
 *
 * @param isNeeded whether the engine writes a GitOps repository
 * @returns empty when it was not given and is not needed
 * @throws ConfigurationError for the repository's root, a pattern, or a path that leaves the repository
 */
export function readEnginePath(reader: InputReader, isNeeded: boolean): string {
  const text = isNeeded ? reader.required('path') : reader.text('path');
  if (text === '') return '';
  const [path = ''] = parsePathSpec([text], 'path');
  const isPlain = path.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part));
  if (!isPlain)
    throw illegal(
      'path',
      text,
      'a folder such as previews or clusters/dev/previews (letters, digits, dashes, dots, underscores)',
    );
  return path;
}

/**
 * The mark of the repository that the workflow runs in.
 *
 * @throws ConfigurationError when the runner does not say the repository's id
 */
export function markOf(run: Run): Mark {
  const repositoryId = run.repositoryId || Number(at(run.event, 'repository', 'id'));
  if (!(Number.isSafeInteger(repositoryId) && repositoryId > 0)) {
    throw new ConfigurationError(
      'The variable GITHUB_REPOSITORY_ID is not set, so nobody can tell whose previews these are; update the runner.',
    );
  }
  return { repositoryId, server: new URL(run.serverUrl).host };
}
