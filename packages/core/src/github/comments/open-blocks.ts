import { widthOf, withoutTabs } from './columns.ts';
import { OpenTags } from './open-tags.ts';

/** A block that goes on until a line ends it: what stands in it is not read as Markdown. */
interface Leaf {
  readonly ends: (row: string) => boolean;
  /** The line that ends it; empty when nothing is needed. */
  readonly closer: string;
  /** Quotes around it, and the column where its list item's content begins: a line outside of them ends it as well. */
  readonly quotes: number;
  readonly item: number;
  /** Browsers read the tags in it. */
  readonly hasTags: boolean;
}

/** A line without the quotes and list items it stands in. */
interface Line {
  /** Empty when the line is blank, or cannot begin a block because it is indented. */
  readonly text: string;
  readonly quotes: number;
  readonly item: number;
  readonly column: number;
}

const BLOCK =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';
const BLOCK_START = new RegExp(`^</?(?:${BLOCK})(?=[\\s>]|/>|$)`, 'i');
const LONE_TAG = /^<(?:\/[a-z][a-z0-9-]*\s*|[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?)>\s*$/i;

type HtmlBlock = readonly [start: RegExp, end: RegExp, closer: string];

/** HTML blocks that go on over blank lines, and what ends them. https://github.github.com/gfm/#html-blocks */
const HTML: readonly HtmlBlock[] = [
  // Its tag is balanced with the others.
  rawBlock('pre', ''),
  rawBlock('script', '</script>'),
  rawBlock('style', '</style>'),
  rawBlock('textarea', '</textarea>'),
  [/^<!--/, /-->/, '-->'],
  [/^<\?/, /\?>/, '?>'],
  [/^<!\[CDATA\[/, /\]\]>/, ']]>'],
  [/^<![a-z]/i, />/, '>'],
];

/**
 * The lines that close what a Markdown text leaves open and what would swallow everything after it: a code fence, an HTML
 * block, `<details>`, `<table>` and their like. Knows where a fence is none, such as in an HTML block or an indented one, and that a fence
 * ends with the list item or quote it stands in. https://github.github.com/gfm/#leaf-blocks
 */
export function closersOf(text: string): readonly string[] {
  const tags = new OpenTags();
  let leaf: Leaf | undefined;
  let item = 0;
  let followsText = false;
  for (const row of text.split('\n').map(withoutTabs)) {
    if (leaf !== undefined && isInside(row, leaf)) {
      if (leaf.hasTags) tags.read(row);
      if (leaf.ends(row)) leaf = undefined;
      followsText = false;
      continue;
    }
    const line = unwrap(row, item, followsText);
    leaf = leafAt(line, followsText);
    if (leaf?.hasTags ?? true) tags.read(row);
    if (row.trim() !== '') item = line.item;
    followsText = leaf === undefined && line.text !== '' && !/^(?:#{1,6}(?:\s|$)|<!--)/.test(line.text);
  }
  const closer = leaf?.closer ?? '';
  return [...(closer === '' ? [] : [closer]), ...tags.closers];
}

function rawBlock(tag: string, closer: string): HtmlBlock {
  return [new RegExp(`^<${tag}(?=[\\s>]|$)`, 'i'), /<\/(?:pre|script|style|textarea)>/i, closer];
}

function isInside(row: string, { quotes, item }: Leaf): boolean {
  const inner = withoutQuotes(row, quotes);
  return inner.quotes === quotes && (inner.rest.trim() === '' || widthOf(inner.rest) >= item);
}

function withoutQuotes(row: string, most: number): { rest: string; quotes: number } {
  let rest = row;
  let quotes = 0;
  for (; quotes < most; quotes += 1) {
    const mark = /^ {0,3}> ?/.exec(rest);
    if (mark === null) break;
    rest = rest.slice(mark[0].length);
  }
  return { rest, quotes };
}

function unwrap(row: string, item: number, followsText: boolean): Line {
  const { rest, quotes } = withoutQuotes(row, Number.POSITIVE_INFINITY);
  let column = widthOf(rest);
  let text = rest.slice(column);
  let inner = column >= item ? item : 0;
  while (column - inner < 4) {
    const [mark, , number] = /^([-*+]|(\d{1,9})[.)])(?:\s{1,4}(?=\S)|\s|$)/.exec(text) ?? [];
    // In the middle of a paragraph only a list that counts from 1 begins.
    const isText = followsText && inner === 0 && number !== undefined && number !== '1';
    if (mark === undefined || isText) return { text, quotes, item: inner, column };
    if (mark === text) return { text: followsText ? text : '', quotes, item: inner, column };
    column += mark.length;
    inner = column;
    text = text.slice(mark.length);
  }
  return { text: '', quotes, item: inner, column };
}

/** The block that begins in a line and does not end in it. */
function leafAt(line: Line, followsText: boolean): Leaf | undefined {
  const { text, quotes, item } = line;
  const [, mark, info = ''] = /^(`{3,}|~{3,})(.*)$/.exec(text) ?? [];
  if (mark !== undefined && !(mark.startsWith('`') && info.includes('`'))) return fenceAt(line, mark);
  const place = { quotes, item, hasTags: true };
  const html = HTML.find(([start]) => start.test(text));
  if (html !== undefined) {
    const [, end, closer] = html;
    if (end.test(text)) return undefined;
    return { ...place, ends: (row) => end.test(row), closer: quotes + item === 0 ? closer : '' };
  }
  if (!BLOCK_START.test(text) && (followsText || !LONE_TAG.test(text))) return undefined;
  return { ...place, ends: (row) => row.trim() === '', closer: '' };
}

function fenceAt({ quotes, item, column }: Line, mark: string): Leaf {
  const closing = new RegExp(`^\\s*${mark[0]}{${mark.length},}\\s*$`);
  const ends = (row: string) => {
    const { rest } = withoutQuotes(row, quotes);
    return closing.test(rest) && widthOf(rest) - item < 4;
  };
  // Indented like the opening, so that it stands in the same list item. Further in, or in a quote, the next line ends it.
  const closer = quotes === 0 && column < 4 ? ' '.repeat(column) + mark : '';
  return { ends, closer, quotes, item, hasTags: false };
}
