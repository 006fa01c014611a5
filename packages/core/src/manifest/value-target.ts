import { illegal } from '../action/index.ts';
import type { Value } from './edits.ts';
import { readPath, type Step } from './value-path.ts';

/** Value to write: where, and what. */
export interface ValueTarget {
  /** Path of the file in the repository. */
  readonly file: string;
  readonly steps: readonly Step[];
  /** The path as it was written, for messages. */
  readonly path: string;
  /** `keep`: this text in the type of the old value; otherwise a value with its own type. */
  readonly value: Value | { readonly kind: 'keep'; readonly text: string };
}

/** Numbers that every YAML and JSON reader takes for the same number: without exponent, octal or underscore. */
export const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/**
 * Parses a line of the input `values`: `file#path=text` keeps the type of the old value, `file#path:=json` sets it to a
 * text, number, boolean or null.
 *
 * @throws ConfigurationError that names the input, the line and what is legal
 */
export function parseValueTarget(line: string): ValueTarget {
  const hash = line.indexOf('#');
  if (hash <= 0) throw illegal('values', line, 'file#path=text or file#path:=json');
  const rest = line.slice(hash + 1);
  const path = readPath(rest);
  if (path === undefined)
    throw illegal(
      'values',
      line,
      'file#path=text with a path such as a.b, ["a.b/c"], [name=web] or [0] after the #',
    );
  const [, isJson, text] = /^(:?)=(.*)$/s.exec(rest.slice(path.end)) ?? [];
  if (text === undefined)
    throw illegal(
      'values',
      line,
      `file#path=text; its path cannot be read from ${JSON.stringify(rest.slice(path.end))} on`,
    );
  const value = isJson === ':' ? jsonValue(line, text) : ({ kind: 'keep', text } as const);
  return { file: line.slice(0, hash), steps: path.steps, path: rest.slice(0, path.end), value };
}

function jsonValue(line: string, json: string): Value {
  const value = parsed(json.trim());
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (value === null || typeof value === 'boolean') return { kind: 'plain', value, text: String(value) };
  if (typeof value === 'number' && NUMBER.test(json.trim()))
    return { kind: 'plain', value, text: json.trim() };
  throw illegal(
    'values',
    line,
    'file#path:=json with one JSON value: a text in double quotes, a number without exponent, true, false or null',
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
