import { ConfigurationError } from '../../action/index.ts';
import type { FileChange, Snapshot } from '../repository.ts';

/** Changes as `createCommitOnBranch` takes them. */
export function fileChanges(changes: readonly FileChange[]) {
  return {
    additions: changes.flatMap(({ path, content }) =>
      content === null ? [] : [{ path, contents: Buffer.from(content).toString('base64') }],
    ),
    deletions: changes.flatMap(({ path, content }) => (content === null ? [{ path }] : [])),
  };
}

/** The API writes regular files only: it would turn a link into a file and drop an executable bit. */
export function refuseModes(base: Snapshot, changes: readonly FileChange[]): void {
  for (const { path, content } of changes) {
    const mode = base.files.find((file) => file.path === path)?.mode;
    if (content !== null && mode !== undefined && mode !== 'regular') {
      const kind = mode === 'executable' ? 'an executable file' : `a ${mode}`;
      throw new ConfigurationError(`${path} is ${kind}; only regular files are written.`);
    }
  }
}
