import { createTwoFilesPatch } from 'diff/lib/patch/create.js';

/** The unified diff of one file's change, as git prints it, with three lines of context. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
  });
  return patch.replace(/^=+\n/, '');
}
