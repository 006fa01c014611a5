import { code } from '@gitops-actions/core/action';
import type { Commit } from './commit-message.ts';
import { notesEntry, notesOfBreak } from './notes-entry.ts';
import { notesGroups } from './notes-groups.ts';
import { type LinkTargets, link } from './notes-text.ts';

export interface NotesRequest extends LinkTargets {
  /** Oldest first, without those that were reverted. */
  readonly commits: readonly Commit[];
  /** The commit that is released. */
  readonly sha: string;
  /** Tag of the version before; not set: there is none. */
  readonly previous?: { readonly tag: string } | undefined;
}

/**
 * Below the 125,000 characters that GitHub takes as the body of a release, and the 131,072 bytes that Linux takes as a
 * variable of a later step (`MAX_ARG_STRLEN` of execve(2)), with room for what a workflow adds.
 */
const MOST_BYTES = 100_000;
const ROOM_FOR_END = 1000;

/**
 * Release notes in Markdown: breaking changes, features, fixes and so on, newest first in each. Has no heading of its own,
 * as a release has a title. At most 100,000 bytes of UTF-8.
 */
export function releaseNotes(request: NotesRequest): string {
  const blocks = blocksOf(request);
  const all = compareLink(request);
  if (blocks.length === 0) return emptyNotes(request, all);
  const lines: string[] = [];
  let length = 0;
  let left = blocks.reduce((sum, { entries }) => sum + entries.length, 0);
  for (const { title, entries } of blocks) {
    for (const [index, entry] of entries.entries()) {
      const text = index === 0 ? `### ${title}\n\n${entry}` : entry;
      const bytes = Buffer.byteLength(text);
      if (length + bytes > MOST_BYTES - ROOM_FOR_END) return cut(lines, left, all);
      const separator = index === 0 && lines.length > 0 ? '\n\n' : lines.length > 0 ? '\n' : '';
      lines.push(`${separator}${text}`);
      length += separator.length + bytes;
      left -= 1;
    }
  }
  return `${lines.join('')}${all === '' ? '' : `\n\n${all}`}\n`;
}

interface Block {
  readonly title: string;
  readonly entries: readonly string[];
}

function blocksOf(request: NotesRequest): readonly Block[] {
  const commits = request.commits.toReversed();
  const breaks = commits.filter(({ isBreaking }) => isBreaking);
  const groups = notesGroups(commits).map(
    ({ title, commits: own }): Block => ({
      title,
      // What says no more than its own line under the breaking changes is not said twice.
      entries: own.filter(saysMore).map((commit) => notesEntry(commit, request)),
    }),
  );
  const broken = { title: 'Breaking changes', entries: breaks.flatMap((one) => notesOfBreak(one, request)) };
  return [broken, ...groups].filter(({ entries }) => entries.length > 0);
}

const saysMore = ({ isBreaking, breaking }: Commit) => !isBreaking || breaking.length > 0;

function compareLink({ previous, sha, repositoryUrl, commits }: NotesRequest): string {
  if (previous === undefined || commits.length === 0) return '';
  const from = encodeURIComponent(previous.tag).replaceAll('%2F', '/');
  return link(`All changes since ${code(previous.tag)}`, `${repositoryUrl}/compare/${from}...${sha}`);
}

function cut(lines: readonly string[], left: number, all: string): string {
  const more = `… and ${left} more.`;
  return `${lines.join('')}\n\n${all === '' ? more : `${more} ${all}`}\n`;
}

function emptyNotes({ commits, previous }: NotesRequest, all: string): string {
  if (commits.length > 0) return `Upkeep only, nothing that users would notice. ${all}`.trim().concat('\n');
  return previous === undefined ? 'The first version.\n' : 'No changes since the last version.\n';
}
