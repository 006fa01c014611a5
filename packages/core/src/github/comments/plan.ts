import { compareRuns, type RunRevision } from '../../release/index.ts';
import { type Part, type Parts, sectionKey, TITLE } from './body.ts';
import { closeBlocks } from './cut.ts';
import { fitParts, type OwnPart } from './fit.ts';
import { escapeMarkers } from './marker.ts';
import { laterRevision, nextRevision, type Revision } from './revision.ts';
import { ANY_TOKEN } from './token.ts';

/** Which comment, and by which run. */
export interface Order {
  /** Which of the account's comments on the pull request. */
  readonly id: string;
  readonly run: RunRevision;
  /** `run`: never over a newer run's text. `none`: over any. */
  readonly order: 'run' | 'none';
}

/** What a run wants a comment to say. */
export interface SectionWrite extends Order {
  /** `recreate`: the comment moves to the end of the conversation, with all its sections. */
  readonly mode: 'upsert' | 'recreate';
  /** Name of the section; empty for the unnamed one. */
  readonly section: string;
  /** Markdown, not empty. */
  readonly text: string;
  /** Heading of the whole comment, one line; empty leaves the one that is there. */
  readonly title: string;
}

/** What is to be done with the parts that a comment has. */
export interface Plan {
  readonly decision: 'write' | 'unchanged' | 'superseded';
  readonly parts: Parts;
  /** The part that may be cut; undefined when nothing is there to be deleted. */
  readonly own: OwnPart | undefined;
}

export interface WritePlan extends Plan {
  readonly own: OwnPart;
}

/**
 * Decides what becomes of a comment's parts. Pure.
 *
 * `superseded`: a newer run wrote this section. `unchanged`: this attempt of this run already wrote this text; the same text
 * of an older run is written again, so that the section's revision moves on.
 *
 * @param least what this writer gave the section before, in a comment that is gone: it does not count from the start again
 */
export function planWrite(before: Parts, write: SectionWrite, least?: Revision): WritePlan {
  const key = sectionKey(write.section);
  const { text: whole, revision } = partOf(before.get(key), textOf(write.text), write);
  const own = { key, part: { text: whole, revision: laterRevision(revision, least) } };
  if (isSuperseded(before.get(key), write)) return { decision: 'superseded', parts: before, own };
  const title = write.title === '' ? undefined : headingOf(write.title);
  const parts = new Map(before);
  if (
    title !== undefined &&
    !isSuperseded(before.get(TITLE), write) &&
    !isWritten(before.get(TITLE), title, write)
  )
    parts.set(TITLE, partOf(before.get(TITLE), title, write));
  const withOwn = new Map(parts).set(key, own.part);
  const fitted = fitParts({ id: write.id, token: ANY_TOKEN, base: ANY_TOKEN, parts: withOwn }, own);
  const text = fitted.get(key)?.text ?? '';
  const decision = isWritten(before.get(key), text, write) ? 'unchanged' : 'write';
  if (decision === 'write') return { decision, parts: fitted, own };
  return { decision: parts.get(TITLE) === before.get(TITLE) ? 'unchanged' : 'write', parts, own };
}

/**
 * A section's text as it is stored: one kind of line end, none of our markers, nothing left open, and no U+0000, which
 * databases drop (https://github.github.com/gfm/#insecure-characters): what comes back must be what was written.
 */
export function textOf(message: string): string {
  return closeBlocks(escapeMarkers(message.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD')));
}

/** The title as a heading of one line, without HTML. */
function headingOf(title: string): string {
  return `## ${title.replace(/\s+/g, ' ').trim().replaceAll('<', '&lt;')}`;
}

/** A text over the one that is there. */
export function partOf(before: Part | undefined, text: string, { run }: Pick<Order, 'run'>): Part {
  return { text, revision: nextRevision(before?.revision, run) };
}

/** Whether a newer run wrote it, and that counts. */
export function isSuperseded(
  before: Part | undefined,
  { order, run }: Pick<Order, 'order' | 'run'>,
): boolean {
  return order === 'run' && before !== undefined && compareRuns(before.revision, run) > 0;
}

/** With `order: run` no newer revision gets here, so this is the same text of the same run. */
function isWritten(before: Part | undefined, text: string, { run }: SectionWrite): boolean {
  return before !== undefined && before.text === text && compareRuns(before.revision, run) >= 0;
}
