import type { Commit } from './commit-message.ts';

export interface NotesGroup {
  readonly title: string;
  readonly commits: readonly Commit[];
}

const TITLES: ReadonlyMap<string, string> = new Map([
  ['feat', 'Features'],
  ['feature', 'Features'],
  ['fix', 'Fixes'],
  ['perf', 'Performance'],
  ['revert', 'Reverts'],
  ['deps', 'Dependencies'],
]);

const ORDER = ['Features', 'Fixes', 'Performance', 'Reverts', 'Dependencies', 'Other changes'];

/**
 * Left out of notes as release-please leaves them out: nobody who uses the release notices them.
 * https://github.com/googleapis/release-please/blob/main/docs/customizing.md
 */
const UPKEEP = new Set(['build', 'chore', 'ci', 'docs', 'refactor', 'style', 'test', 'tests']);

/**
 * Sorts commits by what they are to a reader. A commit without a type is among the other changes, so that a team without
 * the convention loses nothing. Merges are left out.
 */
export function notesGroups(commits: readonly Commit[]): readonly NotesGroup[] {
  const listed = commits.filter((commit) => !commit.isMerge && !UPKEEP.has(commit.type));
  return ORDER.map((title) => ({ title, commits: listed.filter((commit) => titleOf(commit) === title) }));
}

function titleOf({ type, header }: Commit): string {
  if (type === '' && header.startsWith('Revert "')) return 'Reverts';
  return TITLES.get(type) ?? 'Other changes';
}
