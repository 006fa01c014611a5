import { CommitParser, type CommitReference } from 'conventional-commits-parser';

/** What a commit says about itself. https://www.conventionalcommits.org/en/v1.0.0/#specification */
export interface Commit {
  readonly sha: string;
  /** First line of the message. */
  readonly header: string;
  /** Lower case; empty when the header is not of the form `type(scope)!: subject`. */
  readonly type: string;
  readonly scope: string;
  /** What follows the type; the whole header where there is none. */
  readonly subject: string;
  readonly isBreaking: boolean;
  /** What the footers say about the break. */
  readonly breaking: readonly string[];
  readonly references: readonly CommitReference[];
  readonly footer: string;
  /** Made by git or GitHub for a merge: the commits it brings speak for themselves. */
  readonly isMerge: boolean;
  /** The pull request it was merged with, where a merge commit tells. */
  readonly pullRequest?: number | undefined;
  /** Bounded as it was parsed; reverts are named in it. */
  readonly message: string;
}

const PARSER = new CommitParser({
  headerPattern: /^(\w[\w-]*)(?:\(([^()]*)\))?(!)?: +(.+)$/,
  headerCorrespondence: ['type', 'scope', 'mark', 'subject'],
  noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
  // Upper case only, and ` #` as well as `:`, as the specification has it.
  notesPattern: (keywords) => new RegExp(`^(?:\\*\\s+)?(${keywords})(?::\\s*| #)(.*)`),
  // Lines such as `-hash-` would set fields of that name.
  fieldPattern: /(?!)/,
  revertPattern: /(?!)/,
});

/** Reads a commit message; one that follows no convention has no type. */
export function parseCommit(sha: string, text: string): Commit {
  const message = bounded(text);
  const parsed = message === '' ? undefined : PARSER.parse(message);
  const header = parsed?.header ?? '';
  const notes = parsed?.notes ?? [];
  return {
    sha,
    header,
    type: parsed?.type?.toLowerCase() ?? '',
    scope: parsed?.scope?.trim() ?? '',
    subject: parsed?.subject ?? header,
    isBreaking: notes.length > 0 || parsed?.mark === '!' || /^BREAKING[ -]CHANGE:/.test(header),
    breaking: notes.map(({ text: said }) => said.trim()).filter((said) => said !== ''),
    references: parsed?.references ?? [],
    footer: parsed?.footer ?? '',
    isMerge: /^Merge (?:pull request #\d|(?:remote-tracking )?branch(?:es)? |tag |commit )/.test(header),
    message,
  };
}

const MOST_LINES = 200;
const LONGEST_LINE = 2000;

/** Anyone may write a message, and the parser's patterns take long for some: footers stand at the end, the header at the start. */
function bounded(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  const kept =
    lines.length > 2 * MOST_LINES ? [...lines.slice(0, MOST_LINES), ...lines.slice(-MOST_LINES)] : lines;
  return kept
    .map((line) =>
      line
        .slice(0, LONGEST_LINE)
        .replace(/[^\S\n]+/g, ' ')
        .trimEnd(),
    )
    .join('\n')
    .trim();
}
