const PREFIX = 'gitops-actions:';

/** A line that is one of our HTML comments and nothing else. */
export interface Marker {
  /** `comment`, `section` or `title`. */
  readonly kind: string;
  readonly closes: boolean;
  /** What stands after the kind, still encoded. */
  readonly words: readonly string[];
}

/** A marker line: `<!-- gitops-actions:section web 123.1.1 -->`, or with `closes` `<!-- /gitops-actions:section web -->`. */
export function markerLine(kind: string, words: readonly string[], closes = false): string {
  return `<!-- ${[`${closes ? '/' : ''}${PREFIX}${kind}`, ...words].join(' ')} -->`;
}

/** Reads a line as a marker; spaces around it, and the CR that GitHub's editor leaves, do not matter. */
export function readMarker(line: string): Marker | undefined {
  const text = line.trim();
  if (!text.startsWith('<!--') || !text.endsWith('-->')) return undefined;
  const [name = '', ...words] = text.slice(4, -3).trim().split(/\s+/);
  const closes = name.startsWith('/');
  const kind = name.slice(closes ? 1 : 0);
  return kind.startsWith(PREFIX) ? { kind: kind.slice(PREFIX.length), closes, words } : undefined;
}

/** Turns what could be read as one of our markers into visible text, wherever in the text it stands. */
export function escapeMarkers(text: string): string {
  return text.replace(/<!--(?=\s*(?:\/\s*)?gitops-actions:)/g, '&lt;!--');
}

/**
 * A name as one word that cannot end the HTML comment it stands in: no space, no `>`, no `--`. The empty name is `-`.
 * https://html.spec.whatwg.org/multipage/syntax.html#comments
 */
export function encodeName(name: string): string {
  if (name === '') return '-';
  return encodeURIComponent(name.toWellFormed()).replace(/(?<=^|-)-/g, '%2D');
}

/** The opposite of `encodeName`; undefined when a person has broken the name. */
export function decodeName(word: string): string | undefined {
  if (word === '-') return '';
  try {
    return decodeURIComponent(word);
  } catch {
    return undefined;
  }
}
