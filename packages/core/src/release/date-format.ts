import { foreignCharacter } from './oci-tag.ts';

/** One piece of a date's format: a token such as `YYYY`, or text. */
export type DatePart = { readonly token: DateToken } | { readonly text: string };

/**
 * The tokens that make plain numbers of one width, so that dates can be sorted: of those that docker/metadata-action
 * documents. https://github.com/docker/metadata-action#date-format-tztimezone
 */
export const DATE_TOKENS = ['YYYY', 'YY', 'MM', 'DD', 'HH', 'mm', 'ss', 'SSS', 'X', 'x'] as const;

export type DateToken = (typeof DATE_TOKENS)[number];

const NAMED: Readonly<Record<DateToken, string>> = {
  YYYY: 'year',
  YY: 'year',
  MM: 'month',
  DD: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
  SSS: 'millisecond',
  X: 'seconds since 1970',
  x: 'milliseconds since 1970',
};
const MEANT: Readonly<Record<string, string>> = {
  yyyy: 'the year is "YYYY"',
  yy: 'the year is "YY"',
  Y: 'the year is "YYYY"',
  M: 'the month is "MM"',
  MMM: 'the month is "MM"',
  MMMM: 'the month is "MM"',
  D: 'the day is "DD"',
  d: 'the day is "DD"',
  dd: 'the day is "DD"',
  H: 'the hour is "HH"',
  h: 'the hour is "HH"',
  hh: 'the hour is "HH"',
  m: 'the minute is "mm"',
  s: 'the second is "ss"',
  S: 'the millisecond is "SSS"',
  SS: 'the millisecond is "SSS"',
};

/** The tokens and texts of a date's format, in order; undefined when `dateFormatProblem` has something to say. */
export function parseDateFormat(format: string): readonly DatePart[] | undefined {
  if (dateFormatProblem(format) !== undefined) return undefined;
  return pieces(format).map((piece) => {
    if (isDateToken(piece)) return { token: piece };
    return { text: piece.startsWith('[') ? piece.slice(1, -1) : piece };
  });
}

/**
 * What is wrong with a date's format; undefined when nothing is. Only `DATE_TOKENS` are taken, "." "_" "-" between them,
 * and text in brackets. A token that stands where another was meant is found too: `YYYY-mm-DD`, `YYYYMMDDHHMM`.
 *
 * @returns the end of a sentence about the format, naming the bad part: `"yyyy" is not known; the year is "YYYY"`
 */
export function dateFormatProblem(format: string): string | undefined {
  if (format === '') return 'is empty; write one such as YYYYMMDDHHmm';
  const found = pieces(format);
  const bad = found.flatMap((piece) => problemOf(piece) ?? []);
  if (found.includes('mm') && !found.includes('HH'))
    bad.push('"mm" is the minute and there is no hour "HH"; the month is "MM"');
  if (bad.length > 0) return `is not one that ids can carry: ${[...new Set(bad)].join(', ')}`;
  const tokens = found.filter(isDateToken);
  const twice = tokens.find((token, index) => tokens.indexOf(token) !== index);
  if (twice !== undefined) {
    const hint = twice === 'MM' ? '; the minute is "mm"' : '';
    return `has the ${NAMED[twice]} "${twice}" twice${hint}`;
  }
  return tokens.length === 0 ? 'has no part of a date; write one such as YYYYMMDDHHmm' : undefined;
}

function problemOf(piece: string): string | undefined {
  if (isDateToken(piece) || /^[._-]$/.test(piece)) return undefined;
  if (/^[A-Za-z]/.test(piece)) {
    const meant = MEANT[piece] ?? `known are ${DATE_TOKENS.join(' ')}, and text is written [${piece}]`;
    return `"${piece}" is not known (${meant})`;
  }
  if (/^\d/.test(piece)) return `"${piece}" is text, write [${piece}]`;
  if (!/^\[[^[\]]+\]$/.test(piece)) return `${JSON.stringify(piece)} may not stand in an image tag`;
  const foreign = foreignCharacter(piece.slice(1, -1));
  return foreign === undefined ? undefined : `${JSON.stringify(foreign)} may not stand in an image tag`;
}

/** Runs of one letter, texts in brackets, numbers, and every other character by itself. */
function pieces(format: string): readonly string[] {
  return format.match(/\[[^[\]]+\]|([A-Za-z])\1*|\d+|./gsu) ?? [];
}

function isDateToken(text: string): text is DateToken {
  return DATE_TOKENS.some((token) => token === text);
}
