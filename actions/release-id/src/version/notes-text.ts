import { code } from '@gitops-actions/core/action';

/** How references in a text become links. */
export interface LinkTargets {
  /** Web address of the repository, without a slash at its end. */
  readonly repositoryUrl: string;
  /** Template with `{{ticket}}`; not set: keys of tickets stay text. */
  readonly ticketUrl?: string | undefined;
}

const LONGEST_TEXT = 300;
/** Look like keys of tickets and are not. */
const STANDARDS = new Set(['AES', 'CVE', 'GH', 'ISO', 'RFC', 'RSA', 'SHA', 'TLS', 'UTF']);
const TICKET = /(?<![\w-])([A-Z][A-Z0-9]{1,9})-([1-9]\d{0,9})(?![\w-])/g;

const NO_WIDTH = '\u200b';

/** In this order: a code span, an address, a reference into another repository, one into this one, a ticket's key. */
const TOKEN = new RegExp(
  [
    '(?<span>`[^`]+`)',
    '(?<address>(?:[a-z0-9+.-]{0,20}://|www\\.)\\S+)',
    '(?<foreign>(?<![\\w./-])[\\w.-]{1,100}/[\\w.-]{1,100}#\\d+)',
    '(?<own>(?<![\\w#&/])#\\d{1,10}(?!\\w))',
    `(?<ticket>${TICKET.source})`,
  ].join('|'),
  'gi',
);

/**
 * Text from anywhere as Markdown on one line that shows what it says: no HTML, images, links but ours, or mentions.
 *
 * @param text a part of a commit message
 */
export function notesText(text: string, targets: LinkTargets): string {
  const line = oneLine(text);
  let markdown = '';
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    markdown += escaped(line.slice(end, match.index));
    const part = token(match[0], match.groups ?? {}, targets);
    // The backticks of two code spans must not become one run.
    markdown += markdown.endsWith('`') && part.startsWith('`') ? `${NO_WIDTH}${part}` : part;
    end = match.index + match[0].length;
  }
  markdown += escaped(line.slice(end));
  // A list or a heading could begin here, as the text stands at the beginning of an item.
  return markdown.replace(/^(?:[-+=]|\d{1,9}(?=[.)]))/, (mark) =>
    /\d/.test(mark) ? `${mark}\\` : `\\${mark}`,
  );
}

/** The keys of tickets in a text, each once. */
export function ticketsIn(text: string): readonly string[] {
  const keys = [...text.matchAll(TICKET)].filter(([, project = '']) => !STANDARDS.has(project));
  return [...new Set(keys.map(([key]) => key))];
}

/** A link to a ticket; the key alone without a template. */
export function ticketLink(key: string, { ticketUrl }: LinkTargets): string {
  return ticketUrl === undefined ? key : link(key, ticketUrl.replaceAll('{{ticket}}', key));
}

/** A link whose text is Markdown already. */
export function link(text: string, address: string): string {
  const safe = address.replace(
    /[\s<>()[\]\\"'`]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `[${text}](${safe})`;
}

function token(
  text: string,
  groups: Readonly<Record<string, string | undefined>>,
  targets: LinkTargets,
): string {
  if (groups.span !== undefined) return code(text.slice(1, -1));
  if (groups.own !== undefined) return link(text, `${targets.repositoryUrl}/issues/${text.slice(1)}`);
  if (groups.ticket !== undefined) {
    // The expression ignores case for addresses, and a key is upper case.
    return ticketsIn(text).length === 1 ? ticketLink(text, targets) : escaped(text);
  }
  return code(text);
}

/** Controls and signs that turn the direction of text, which hide or reorder what is read. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
  const signs = [...line];
  return signs.length > LONGEST_TEXT ? `${signs.slice(0, LONGEST_TEXT).join('').trimEnd()}…` : line;
}

/**
 * Every sign that means something in GitHub's Markdown, and a mark of no width after `@`: mentions are looked for in
 * what was rendered, where a backslash is gone. https://github.github.com/gfm/#backslash-escapes
 */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&!$^]/g, '\\$&').replaceAll('@', `@${NO_WIDTH}`);
}
