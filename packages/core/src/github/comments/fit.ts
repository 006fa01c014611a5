import { ConfigurationError } from '../../action/index.ts';
import { type CommentBody, formatBody, type Part, type Parts } from './body.ts';
import { cut, LEAST_ROOM } from './cut.ts';
import { compareRevisions } from './revision.ts';

/**
 * GitHub refuses a longer body ("Body is too long (maximum is 65536 characters)"). It counts characters; this counts UTF-16
 * units, of which there are never fewer.
 */
export const LONGEST_BODY = 65_536;

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
  if (!isOwn || room < LEAST_ROOM) {
    throw new ConfigurationError(
      `The comment "${body.id}" has no room left: its other sections fill GitHub's ${LONGEST_BODY} characters. Shorten their messages, or give this section another "id".`,
    );
  }
  return without.set(own.key, { ...own.part, text: cut(own.part.text, room) });
}
