import {
  ConfigurationError,
  type InputReader,
  linesOf,
  messageOf,
  nearest,
  parseJson,
} from '@gitops-actions/core/action';
import { type Expectation, meansGateway, parseStatusRanges } from '@gitops-actions/core/probe';

/** A URL and how it must answer. */
export interface SmokeTest {
  readonly url: string;
  readonly expected: Expectation;
}

const INPUT = 'smoke-tests';
const KEYS = ['url', 'status', 'text', 'header'];
const DEFAULT_STATUS = '200-299';
/** They are all asked side by side. */
const MOST = 50;
/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const HEADER = /^([\w!#$%&'*+.^`|~-]+)(?::(.*))?$/;

/**
 * Reads the input `smoke-tests`: a URL or a JSON object a line, or one JSON list of both.
 *
 * @throws ConfigurationError that names the line and what is wrong with it
 */
export function readSmokeTests(reader: InputReader): readonly SmokeTest[] {
  const text = reader.text(INPUT);
  const items: readonly (readonly [string, unknown])[] = text.startsWith('[')
    ? listOf(text).map((item, index) => [`Item ${index + 1}`, item])
    : linesOf(text).map((line, index) => [`Line ${index + 1}`, line]);
  if (items.length > MOST)
    throw new ConfigurationError(
      `Input "${INPUT}" has ${items.length} tests; it may have ${MOST}, so ask a page that checks the others.`,
    );
  return items.map(([where, item]) => {
    const refuse = (what: string) =>
      new ConfigurationError(`${where} of the input "${INPUT}" ${what}${what.endsWith('?') ? '' : '.'}`);
    return readTest(fieldsOf(item, refuse), refuse);
  });
}

type Refuse = (what: string) => ConfigurationError;
type Fields = Readonly<Record<string, unknown>>;

function listOf(text: string): readonly unknown[] {
  const list = parseJson(INPUT, text);
  return Array.isArray(list) ? list : [];
}

function fieldsOf(item: unknown, refuse: Refuse): Fields {
  if (typeof item === 'string' && !item.startsWith('{')) return { url: item };
  const value = typeof item === 'string' ? parsed(item, refuse) : item;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`is ${JSON.stringify(value)}; it must be a URL, or a JSON object with a "url"`);
  return value as Fields;
}

function parsed(line: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw refuse(`is not valid JSON (${messageOf(error)}); write one object on one line, or a JSON list`);
  }
}

function readTest(fields: Fields, refuse: Refuse): SmokeTest {
  for (const key of Object.keys(fields)) {
    if (KEYS.includes(key)) continue;
    const near = nearest(key, KEYS);
    const hint = near === undefined ? `there are ${KEYS.join(', ')}` : `did you mean "${near}"?`;
    throw refuse(`has the unknown key ${JSON.stringify(key)}; ${hint}`);
  }
  const text = fields.text ?? '';
  if (typeof text !== 'string') throw refuse(`has the text ${JSON.stringify(text)}; put it in quotes`);
  const statuses = readStatus(fields.status ?? DEFAULT_STATUS, refuse);
  const header = readHeader(fields.header, refuse);
  return {
    url: readUrl(fields.url, refuse),
    expected: {
      statuses,
      text,
      takesGateway: meansGateway(statuses),
      ...(header !== undefined && { header }),
    },
  };
}

function readUrl(value: unknown, refuse: Refuse): string {
  if (typeof value !== 'string' || value === '')
    throw refuse('has no "url"; name the http or https URL that is asked');
  const url = URL.canParse(value) && !/[\s\p{Cc}]/u.test(value) ? new URL(value) : undefined;
  // The address may hold a password: it is not repeated.
  if (url?.username || url?.password)
    throw refuse(
      'has a user name or a password in its URL, which would stand in logs and comments; ask a URL that needs none',
    );
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw refuse(`has the URL ${JSON.stringify(value.slice(0, 200))}; it must be an http or https URL`);
  return url.href;
}

function readStatus(value: unknown, refuse: Refuse): Expectation['statuses'] {
  try {
    return parseStatusRanges(typeof value === 'number' || typeof value === 'string' ? `${value}` : '', INPUT);
  } catch {
    throw refuse(
      `has the status ${JSON.stringify(value)}; it must be statuses such as "200-299" or "200,204"`,
    );
  }
}

function readHeader(value: unknown, refuse: Refuse): Expectation['header'] {
  if (value === undefined) return undefined;
  const [, name, text = ''] = (typeof value === 'string' && HEADER.exec(value.trim())) || [];
  if (name === undefined)
    throw refuse(
      `has the header ${JSON.stringify(value)}; it must be a name and a text, such as "content-type: application/json"`,
    );
  return { name: name.toLowerCase(), text: text.trim() };
}
