import { type Node, visit } from 'yaml';
import { parseImageReference } from '../image/index.ts';
import type { Edits } from './edits.ts';
import { isVersioned } from './image-record.ts';
import type { Place } from './places.ts';
import { start, type YamlText } from './yaml-text.ts';

/** A release that must not come back to a place. */
export interface BlockedRelease {
  readonly id: string;
  /** Anything; it becomes one line of a comment. */
  readonly reason: string;
}

const LONGEST_REASON = 200;

/**
 * Plans a `blocked` mark at a place: where its old one stands, else at the end of the line of its value, else of its name.
 * Flux: https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/fieldmeta/fieldmeta.go (processShortHand)
 *
 * @returns false when no line can have it: the file is JSON, the line is one of another image too, Flux reads the comment
 *   there, which must be JSON as a whole, or a text goes on behind its end
 */
export function planMark(place: Place, edits: Edits, blocked: BlockedRelease): boolean {
  const source = place.part.source();
  if (source.isJson) return false;
  const text = ` ${markText(blocked)}`;
  if (place.blocked !== undefined) {
    const { from, to, id, reason } = place.blocked;
    if (id === blocked.id && reason === blocked.reason) {
      edits.cuts.delete(from);
      return true;
    }
    edits.cuts.set(from, to);
    edits.comments.set(to, text);
    return true;
  }
  const node = place.nodes.find((one) => isFree(place, source, one));
  if (node === undefined) return false;
  edits.comments.set(endOfLine(source, node), text);
  return true;
}

/** The mark as a comment. A reason ends where a comment would, so none begins in it. */
export function markText({ id, reason }: BlockedRelease): string {
  const plain = reason
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/(^| )[#\s]+/g, '$1')
    .trim();
  const shown = plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON).toWellFormed()}…` : plain;
  return `# gitops-actions: blocked ${id} ${shown}`.trimEnd();
}

function isFree({ part, nodes }: Place, source: YamlText, node: Node): boolean {
  const index = endOfLine(source, node);
  if (part.marksAt([node]).imagePolicy !== undefined) return false;
  return !isInsideText(source, index) && !hasOtherImage(part.images(), source.line(lastIndex(node)), nodes);
}

/** Where the line on which a node ends, ends itself; blanks at its end stay where they are. */
function endOfLine({ text }: YamlText, node: Node): number {
  const newline = text.indexOf('\n', lastIndex(node));
  const end = newline < 0 ? text.length : newline;
  const lineStart = text.lastIndexOf('\n', end - 1) + 1;
  return lineStart + text.slice(lineStart, end).trimEnd().length;
}

/** A quoted text or a block that begins on the line and ends on another one. */
function isInsideText({ documents }: YamlText, index: number): boolean {
  let isInside = false;
  for (const document of documents)
    visit(document, {
      Scalar: (_, { range }) => {
        if (!range || range[0] >= index || range[1] <= index) return undefined;
        isInside = true;
        return visit.BREAK;
      },
    });
  return isInside;
}

/** A mark is about everything on its line. */
function hasOtherImage(
  { source, records, scalars }: ReturnType<Place['part']['images']>,
  line: number,
  own: readonly Node[],
): boolean {
  const versions = records.filter(isVersioned).flatMap(({ tags, digest, sha }) => [...tags, digest, sha]);
  const references = scalars.filter(({ scalar }) => {
    const reference = parseImageReference(scalar.value);
    return reference?.tag !== undefined || reference?.digest !== undefined;
  });
  return [...versions, ...references].some(
    (field) => field !== undefined && !own.includes(field.node) && isOn(source, field.node, line),
  );
}

function isOn(source: YamlText, node: Node, line: number): boolean {
  return source.line(start(node)) <= line && line <= source.line(lastIndex(node));
}

function lastIndex({ range }: Node): number {
  return Math.max(range?.[0] ?? 0, (range?.[1] ?? 0) - 1);
}
