import { dateFormatProblem } from './date-format.ts';
import { type Format, placeholdersIn } from './format.ts';
import { toTagText } from './oci-tag.ts';
import { releaseSha } from './short-sha.ts';

/** What may stand between `{{` and `}}` in a format; the dates with a format of their own: `{{date 'YYYYMMDD'}}`. */
export const PLACEHOLDERS = [
  'run_number',
  'run_id',
  'run_attempt',
  'sha',
  'branch',
  'tag',
  'pr',
  'version',
  'commit_date',
  'date',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** The commit's date and the run's. */
export type DatePlaceholder = 'commit_date' | 'date';

/** What a release id is made from: facts of the run and the commit, the same each time they are asked for. */
export interface ReleaseFacts {
  readonly runNumber: number;
  readonly runId: number;
  readonly runAttempt: number;
  /** Full commit id. */
  readonly sha: string;
  /** Name of the branch, not its ref; undefined when the run has none. */
  readonly branch: string | undefined;
  /** Name of the git tag; undefined when the run is not on one. */
  readonly tag: string | undefined;
  /** Number of the pull request; undefined when the run is about none. */
  readonly pullRequest: number | undefined;
  /** SemVer without `v` and without build metadata, which no image tag can hold; undefined when there is none. */
  readonly version?: string | undefined;
}

/** Facts that must be asked for; the others stand in the run's variables and its event. */
export interface ReleaseNeeds {
  readonly commitDate: boolean;
  readonly runDate: boolean;
  readonly version: boolean;
}

/** What stands between two braces: `commit_date 'YYYYMMDD'` is a name and, behind a space, an argument in quotes. */
export interface WrittenPlaceholder {
  readonly name: string;
  /** As it was written, quotes included; empty when there is none. */
  readonly rest: string;
  /** The text in the quotes; undefined when there is none. Both kinds of quotes are taken, as Handlebars does. */
  readonly argument: string | undefined;
}

/** Whether a name is one of `PLACEHOLDERS`. */
export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}

/** Whether a name is that of a date. */
export function isDatePlaceholder(name: string): name is DatePlaceholder {
  return name === 'commit_date' || name === 'date';
}

/** Takes apart what `placeholdersIn` gives. Never fails: look at the result with `placeholderProblem`. */
export function readPlaceholder(written: string): WrittenPlaceholder {
  const [, name = '', rest = ''] = /^([^\s'"]*)\s*(.*)$/s.exec(written) ?? [];
  const [, , argument] = /^(['"])([^'"]*)\1$/.exec(rest) ?? [];
  return { name, rest, argument };
}

/**
 * What is wrong with a placeholder whose name is known; undefined when nothing is.
 *
 * @param written what stands between the braces
 * @returns the end of a sentence: `has no format; write it as {{date 'YYYYMMDDHHmm'}}`
 */
export function placeholderProblem(written: string): string | undefined {
  const { name, rest, argument } = readPlaceholder(written);
  if (!isDatePlaceholder(name)) return rest === '' ? undefined : `takes no argument; write {{${name}}}`;
  const example = `write it as {{${name} 'YYYYMMDDHHmm'}}`;
  if (rest === '') return `has no format; ${example}`;
  if (/\btz\s*=/.test(rest)) return `names a time zone, but dates are always UTC; ${example}`;
  if (argument === undefined) return `has a format without quotes round it; ${example}`;
  const problem = dateFormatProblem(argument);
  return problem === undefined ? undefined : `has a date format that ${problem}`;
}

/** What must be asked for before ids of this format can be made, so that nothing is asked for in vain. */
export function needsOf(format: Format): ReleaseNeeds {
  const names = new Set(placeholdersIn(format).map((written) => readPlaceholder(written).name));
  return {
    commitDate: names.has('commit_date'),
    runDate: names.has('date'),
    version: names.has('version'),
  };
}

/**
 * The placeholder's value, made of characters that an image tag may hold; undefined when this run has none. Dates have
 * none here: `writeDates` puts them into the format before.
 */
export function placeholderValue(placeholder: Placeholder, facts: ReleaseFacts): string | undefined {
  const values: Readonly<Record<Exclude<Placeholder, DatePlaceholder>, string | undefined>> = {
    run_number: String(facts.runNumber),
    run_id: String(facts.runId),
    run_attempt: String(facts.runAttempt),
    sha: releaseSha(facts.sha),
    branch: facts.branch === undefined ? undefined : toTagText(facts.branch),
    tag: facts.tag === undefined ? undefined : toTagText(facts.tag),
    pr: facts.pullRequest?.toString(),
    version: facts.version,
  };
  return isDatePlaceholder(placeholder) ? undefined : values[placeholder];
}
