import { ConfigurationError } from '../../action/index.ts';
import { type CommentBody, formatBody, type Part, type Parts } from './body.ts';
import { closersOf } from './open-blocks.ts';
import { compareRevisions } from './revision.ts';

/**
 * GitHub refuses a longer body ("Body is too long (maximum is 65536 characters)"). It counts characters; this counts UTF-16
 * units, of which there are never fewer.
 */
export const LONGEST_BODY = 65_536;

const NOTICE = '\n\n_Cut here; the full text is in the job summary._';

/** The part that a run is writing, with its whole text. */
export interface OwnPart {
  readonly key: string;
  readonly part: Part;
}

/**
 * The parts of a body so that it is short enough: only the part being written is cut, and only when it must be.
 *
 * @param body what is to be written
 * @throws ConfigurationError when the others leave no room at all
 */
export function fitParts(body: CommentBody, own: OwnPart): Parts {
  if (formatBody(body).length <= LONGEST_BODY) return body.parts;
  const current = body.parts.get(own.key);
  const isOwn = current !== undefined && compareRevisions(current.revision, own.part.revision) === 0;
  const without = new Map(body.parts).set(own.key, { ...own.part, text: '' });
  const room = LONGEST_BODY - formatBody({ ...body, parts: without }).length;
  if (!isOwn || room < NOTICE.length) {
    throw new ConfigurationError(
      `The comment "${body.id}" has no room left: its other sections fill GitHub's ${LONGEST_BODY} characters. Shorten their messages, or give this section another "id".`,
    );
  }
  return without.set(own.key, { ...own.part, text: cut(own.part.text, room) });
}

/**
 * The start of a text, cut at a line end (or between two characters when it is one long line), with open blocks closed
 * and a notice; at most `room` long.
 */
export function cut(text: string, room: number): string {
  let end = room - NOTICE.length;
  while (end > 0) {
    const result = closeBlocks(headOf(text, end)) + NOTICE;
    if (result.length <= room) return result;
    end -= result.length - room;
  }
  return NOTICE.trimStart();
}

function headOf(text: string, end: number): string {
  const newline = text.lastIndexOf('\n', end);
  if (newline > 0) return text.slice(0, newline);
  const last = text.charCodeAt(end - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? end - 1 : end);
}

/** A Markdown text with what it leaves open closed, so that nothing after it is swallowed. */
export function closeBlocks(text: string): string {
  return [text, ...closersOf(text)].join('\n');
}
