import { type DatePart, type DateToken, parseDateFormat } from './date-format.ts';
import type { Format } from './format.ts';
import { shapesOf } from './format-shape.ts';
import { isAmbiguous } from './overlap.ts';
import { readPlaceholder } from './placeholders.ts';
import { expressionOf, type TextShape } from './text-shape.ts';

/** The part of an ImagePolicy's `spec` that orders ids. https://fluxcd.io/flux/components/image/imagepolicies/ */
export interface FluxImagePolicy {
  readonly filterTags: {
    /** Regular expression of Go, anchored at both ends. */
    readonly pattern: string;
    /** What of a tag is ordered, made from the pattern's named groups. */
    readonly extract: string;
  };
  readonly policy: FluxOrder;
}

/** How Flux orders what was extracted. */
export type FluxOrder =
  | { readonly numerical: { readonly order: 'asc' } }
  | { readonly alphabetical: { readonly order: 'asc' } }
  | { readonly semver: { readonly range: string } };

export interface FluxImagePolicyOptions {
  /** The branch that is released: ids of other branches do not match. Undefined when the run is on none. */
  readonly branch: string | undefined;
  /** Whether versions with a pre-release are deployed too; default false. Matters for `{{version}}` only. */
  readonly prereleases?: boolean;
}

/** What orders ids: parts of the format, by their index, and the way to compare them. */
interface Ordering {
  readonly parts: readonly number[];
  readonly between: string;
  readonly behind: string;
  readonly policy: FluxOrder;
}

const NUMERICAL: FluxOrder = { numerical: { order: 'asc' } };
const ALPHABETICAL: FluxOrder = { alphabetical: { order: 'asc' } };
/** Flux reads numbers as float64, which is exact for every number of that many digits. */
const EXACT_DIGITS = 15;

/**
 * The Flux policy that picks the newest id of a format: by the run's number, else its id, else by a date from the year to
 * the day or finer, else by the version. Ids that are alike in that are alike to Flux: two commits of the same minute,
 * two commits of one version.
 *
 * It matches every id that another format has in common with this one: ask `overlaps` before.
 *
 * @returns undefined when the format holds no order, none that can be told from its neighbours (`{{run_number}}{{pr}}`),
 *   or the branch without this run having one
 */
export function fluxImagePolicy(
  format: Format,
  { branch, prereleases = false }: FluxImagePolicyOptions,
): FluxImagePolicy | undefined {
  const names = format.map((part) => ('text' in part ? '' : readPlaceholder(part.placeholder).name));
  if (branch === undefined && names.includes('branch')) return undefined;
  const ordering = orderingOf(format, names, prereleases);
  const shapes = shapesOf(format, { branch, prereleases });
  if (ordering === undefined || shapes === undefined) return undefined;
  const { parts, between, behind, policy } = ordering;
  if (isAmbiguous(shapes, parts)) return undefined;
  const groups = parts.map((_, index) => (parts.length === 1 ? 'order' : `order${index + 1}`));
  const grouped = shapes.map((shape, index): TextShape => {
    const group = groups[parts.indexOf(index)];
    return group === undefined ? shape : { group, shape };
  });
  return {
    filterTags: {
      pattern: `^${grouped.map(expressionOf).join('')}$`,
      // Without braces: `${order}` would be taken for a variable by the Kustomization that applies the policy.
      extract: groups.map((group) => `$${group}`).join(between) + behind,
    },
    policy,
  };
}

function orderingOf(format: Format, names: readonly string[], prereleases: boolean): Ordering | undefined {
  const first = (name: string) =>
    names.flatMap((other, index) => (other === name ? [index] : [])).slice(0, 1);
  const run = [...first('run_number'), ...first('run_id')].slice(0, 1);
  const attempt = first('run_attempt');
  const plain = { between: '', behind: '' };
  if (run.length > 0 && attempt.length > 0) {
    // Flux compares one value: a version `42.2.0` makes one of run 42 and its attempt 2.
    return {
      parts: [...run, ...attempt],
      between: '.',
      behind: '.0',
      policy: { semver: { range: '>=0.0.0' } },
    };
  }
  if (run.length > 0) return { ...plain, parts: run, policy: NUMERICAL };
  // A run's date grows with every run, a commit's only along one history.
  for (const name of ['date', 'commit_date']) {
    const parts = names.flatMap((other, index) => (other === name ? [index] : []));
    const policy =
      parts.length > 0 ? dateOrder(parts.flatMap((index) => datePartsAt(format, index))) : undefined;
    if (policy !== undefined) return { ...plain, parts, policy };
  }
  const version = first('version');
  if (version.length === 0) return undefined;
  // Without the `-0` no version with a pre-release is in a range. https://github.com/Masterminds/semver#working-with-prerelease-versions
  return { ...plain, parts: version, policy: { semver: { range: prereleases ? '>=0.0.0-0' : '>=0.0.0' } } };
}

function datePartsAt(format: Format, index: number): readonly DatePart[] {
  const part = format[index];
  const { argument = '' } = readPlaceholder(
    part !== undefined && 'placeholder' in part ? part.placeholder : '',
  );
  return parseDateFormat(argument) ?? [];
}

const FROM_LARGE_TO_SMALL: readonly DateToken[] = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss', 'SSS'];

function dateOrder(parts: readonly DatePart[]): FluxOrder | undefined {
  const tokens = parts.flatMap((part) => ('token' in part ? [part.token] : []));
  const isNumber = tokens.length === parts.length;
  if (isNumber && (tokens.join() === 'X' || tokens.join() === 'x')) return NUMERICAL;
  const fields = tokens.map((token) => (token === 'YY' ? 'YYYY' : token));
  const isSorted = fields.length >= 3 && fields.every((field, index) => field === FROM_LARGE_TO_SMALL[index]);
  if (!isSorted) return undefined;
  return isNumber && tokens.join('').length <= EXACT_DIGITS ? NUMERICAL : ALPHABETICAL;
}

/** The policy as YAML, to be put below an ImagePolicy's `spec`. */
export function formatPolicy({ filterTags, policy }: FluxImagePolicy): string {
  const [[kind, settings] = ['', {}]] = Object.entries(policy);
  const [[setting, value] = ['', '']] = Object.entries<string>(settings);
  return [
    'filterTags:',
    `  pattern: ${quoted(filterTags.pattern)}`,
    `  extract: ${quoted(filterTags.extract)}`,
    'policy:',
    `  ${kind}:`,
    `    ${setting}: ${quoted(value)}`,
    '',
  ].join('\n');
}

/** https://yaml.org/spec/1.2.2/#732-single-quoted-style */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
