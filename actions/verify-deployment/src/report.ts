import { code, fence, formatDuration, table } from '@gitops-actions/core/action';
import type { Subject } from './engine.ts';
import type { SmokeResult } from './smoke-tests.ts';

export type Verdict = 'healthy' | 'degraded' | 'unknown';

/** All that a reader wants to know of a verification. Every text may be of the outside. */
export interface Report {
  readonly verdict: Verdict;
  /** Whether a newer release took its place. */
  readonly superseded: boolean;
  /** Plain text: why it is not healthy; empty when it is. */
  readonly reason: string;
  /** Name of the GitHub environment; empty without one. */
  readonly environment: string;
  /** URL that people open; empty without one. */
  readonly url: string;
  /** What runs: a commit id or whatever the controller calls it; empty when nobody said. */
  readonly revision: string;
  readonly subjects: readonly Subject[];
  /** From the cluster, one block an entry. */
  readonly reasons: readonly string[];
  readonly smoke: readonly SmokeResult[];
  /** How long it took. */
  readonly milliseconds: number;
}

const SIGNS = { healthy: '✅', degraded: '❌', unknown: '❔', superseded: '⏭️' } as const;
const MOST_ROWS = 50;
const LONGEST_CELL = 200;
/** A comment holds 65,536 characters, with the tables. */
const LONGEST_REASONS = 20_000;

/** The verdict as Markdown for a comment, Slack or a job summary: what is, why, every subject, the smoke tests. */
export function renderReport(report: Report): string {
  const parts = [
    `**${SIGNS[wordOf(report)]} ${wordOf(report)}**${factsOf(report)}`,
    report.reason === '' ? '' : fence(report.reason, 'text'),
    subjectsTable(report.subjects),
    smokeTable(report.smoke),
    reasonsOf(report),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The report under a heading of its own. */
export function jobSummary(report: Report): string {
  return `### verify-deployment: ${wordOf(report)}\n\n${renderReport(report)}\n`;
}

function wordOf({ verdict, superseded }: Report): keyof typeof SIGNS {
  return superseded ? 'superseded' : verdict;
}

function factsOf({ environment, revision, milliseconds, url }: Report): string {
  const facts = [
    environment === '' ? '' : code(environment),
    revision === '' ? '' : `revision ${cell(shortened(revision))}`,
    `after ${formatDuration(milliseconds)}`,
    linkTo(url),
  ];
  return ` · ${facts.filter((fact) => fact !== '').join(' · ')}`;
}

/** A commit's first letters are enough for people. */
function shortened(revision: string): string {
  return revision.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, '$1');
}

/** Only an address of the web becomes a link. Its normal form has no blank and no bracket that would end it. */
function linkTo(url: string): string {
  if (url === '') return '';
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
  return isWeb ? `<${new URL(url).href}>` : cell(url);
}

function subjectsTable(subjects: readonly Subject[]): string {
  const rows = subjects
    .slice(0, MOST_ROWS)
    .map(({ where, state, judgement, revision }) => [
      judgement.kind === 'healthy' ? '✅' : judgement.kind === 'broken' ? '❌' : '❔',
      cell(where),
      cell(state),
      cell(shortened(revision)),
      judgement.kind === 'healthy' ? '' : cell(judgement.what),
    ]);
  return withRest(table(['', 'what', 'state', 'revision', 'why'], rows), subjects.length);
}

function smokeTable(smoke: readonly SmokeResult[]): string {
  const rows = smoke
    .slice(0, MOST_ROWS)
    .map(({ url, expected, got, passed, answered, tries, milliseconds }) => [
      passed ? '✅' : answered ? '❌' : '❔',
      cell(url),
      cell(expected),
      cell(got),
      String(tries),
      formatDuration(milliseconds),
    ]);
  return withRest(table(['', 'smoke test', 'expected', 'got', 'tries', 'time'], rows), smoke.length);
}

function withRest(rows: string, count: number): string {
  return count > MOST_ROWS ? `${rows}\n\n… and ${count - MOST_ROWS} more.` : rows;
}

function reasonsOf({ reasons }: Report): string {
  const text = reasons.filter((reason) => reason.trim() !== '').join('\n\n');
  if (text === '') return '';
  const isCut = text.length > LONGEST_REASONS;
  const shown = isCut ? `${text.slice(0, LONGEST_REASONS)}\n… cut here.` : text;
  return `Details:\n\n${fence(shown.toWellFormed(), 'text')}`;
}

function cell(text: string): string {
  return code(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…`.toWellFormed() : text);
}
