import type { Snapshot } from '@gitops-actions/core/gitops';
import { createTwoFilesPatch } from 'diff/lib/patch/create.js';

/** The unified diff of a change, as git prints it, with three lines of context. */
export function unifiedDiff(
  snapshot: Snapshot,
  changed: readonly { readonly path: string; readonly content: string }[],
): string {
  return changed
    .map(({ path, content }) => {
      const before = snapshot.files.find((file) => file.path === path)?.content.toString('utf8') ?? '';
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, content, undefined, undefined, {
        context: 3,
      });
      return patch.replace(/^=+\n/, '');
    })
    .join('');
}
