import { code, fence, table } from '../../action/index.ts';
import type { Divergence } from '../../github/index.ts';
import type { RepositoryFile } from '../repository.ts';
import { isReleaseCommit, rolledBackIn, trailersOf } from '../trailers.ts';
import { diffLines, splitLines } from './line-diff.ts';

/** GitHub cuts a title after 256 characters and refuses a body above 65,536. */
const LONGEST_TITLE = 256;
const MOST_ROWS = 100;
const LONGEST_CELL = 120;
const LONGEST_TRAILERS = 10_000;

const START = '<!-- gitops-actions:proposal -->';
const END = '<!-- /gitops-actions:proposal -->';

/** Files of the branch as they are on its base and on itself. */
export interface ShownFiles {
  readonly paths: readonly string[];
  readonly base: ReadonlyMap<string, RepositoryFile>;
  readonly head: ReadonlyMap<string, RepositoryFile>;
}

/** A title on one line; without one given, what the branch's commits say. */
export function proposalTitle(given: string, { ahead }: Divergence, base: string): string {
  const own = ahead.commits
    .map(({ message }) => message)
    .filter((message) => isReleaseCommit(message) && !message.startsWith('Merge branch '));
  // What a merge of the base took away is done again, in the same words.
  const headlines = [...new Set(own.map((message) => message.split('\n', 1)[0] ?? ''))];
  const isRollback = own.some((message) => rolledBackIn(message).length > 0);
  const several = `${isRollback ? '' : 'Release '}${headlines.length} changes to ${base}`;
  const derived = headlines.length > 1 ? several : headlines[0];
  const title = (given || derived || `Changes to ${base}`).replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1)}…`;
}

/**
 * The body: what merging would change and the trailers of the commits, between two markers. A function of base and
 * branch alone, so that jobs that write it at once write the same. Text that a person puts around the markers stays.
 *
 * @param current the body as it is; empty for a new pull request
 * @param files what is shown of the branch's changed files
 */
export function proposalBody(current: string, divergence: Divergence, files: ShownFiles): string {
  const rows = files.paths.flatMap((path) => rowsOf(path, files.base.get(path), files.head.get(path)));
  const rowsLeft = rows.length - MOST_ROWS;
  const filesLeft = divergence.ahead.files.length - files.paths.length;
  const own = divergence.ahead.commits.filter(({ message }) => isReleaseCommit(message));
  const trailers = [...new Set(own.flatMap(({ message }) => trailersOf(message)))];
  const parts = [
    table(['place', 'from', 'to'], rows.slice(0, MOST_ROWS)),
    rowsLeft > 0 ? `… and ${rowsLeft} more lines.` : '',
    filesLeft > 0 ? `… and ${filesLeft} more files.` : '',
    trailers.length > 0 ? fence(trailers.join('\n').slice(0, LONGEST_TRAILERS), 'text') : '',
    'Kept up to date by [gitops-actions](https://github.com/gitops-actions/gitops-actions); commits of your own on this branch stay.',
  ];
  const section = [START, ...parts.filter((part) => part !== ''), END].join('\n\n');
  const [before, after] = around(current);
  return `${before}${section}${after}`;
}

function around(current: string): readonly [string, string] {
  const text = current.replaceAll('\r\n', '\n');
  const [start, end] = [text.indexOf(START), text.lastIndexOf(END)];
  if (start >= 0 && end > start) return [text.slice(0, start), text.slice(end + END.length)];
  return [text.trim() === '' ? '' : `${text.trim()}\n\n`, ''];
}

function rowsOf(
  path: string,
  base: RepositoryFile | undefined,
  head: RepositoryFile | undefined,
): readonly (readonly string[])[] {
  if (base === undefined) return [[code(path), '', 'new file']];
  if (head === undefined) return [[code(path), '', 'deleted']];
  if (base.content.includes(0) || head.content.includes(0)) return [[code(path), '', 'changed']];
  const from = splitLines(base.content.toString());
  return diffLines(from, splitLines(head.content.toString())).flatMap(({ start, end, lines }) => {
    const length = Math.max(end - start, lines.length);
    return Array.from({ length }, (_, index) => [
      code(`${path}:${start + index + 1}`),
      cell(start + index < end ? from[start + index] : undefined),
      cell(lines[index]),
    ]);
  });
}

function cell(line: string | undefined): string {
  const text = line?.trim() ?? '';
  return code(text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL)}…`);
}
