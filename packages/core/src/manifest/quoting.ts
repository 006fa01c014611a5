import { parse, Scalar } from 'yaml';

/** Numbers as any YAML 1.1 or 1.2 reader may see them: decimal, octal, hex, binary, exponents, sexagesimal, `_` allowed. */
const NUMBER =
  /^[-+]?(?:0x[\da-f_]+|0b[01_]+|0o[0-7_]+|[\d_]+(?::[0-5]?\d)+(?:\.[\d_]*)?|(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:e[-+]?\d+)?|\.inf|\.nan)$/i;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/;
/** Characters that YAML reserves at the start of a plain scalar, though some readers let them pass. */
const RESERVED = /^[%@`]/;
/** Line breaks, control characters, and halves of surrogate pairs: only an escape brings them through every reader. */
const NEEDS_ESCAPE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|nan|inf|<<|=)?$/i;

/**
 * Whether a text can stand unquoted and is read as exactly this string by YAML 1.1 and 1.2 readers alike
 * (https://yaml.org/type/, https://yaml.org/spec/1.2.2/#103-core-schema).
 */
export function isPlainSafe(text: string): boolean {
  if (
    NEEDS_ESCAPE.test(text) ||
    RESERVED.test(text) ||
    WORD.test(text) ||
    NUMBER.test(text) ||
    TIMESTAMP.test(text)
  )
    return false;
  return [`k: ${text}`, `{k: ${text}}`].every(
    (yaml) => readsAs(yaml, text, '1.1') && readsAs(yaml, text, '1.2'),
  );
}

function readsAs(yaml: string, text: string, version: '1.1' | '1.2'): boolean {
  try {
    const value: unknown = parse(yaml, { version, logLevel: 'silent' });
    return typeof value === 'object' && value !== null && 'k' in value && value.k === text;
  } catch {
    return false;
  }
}

/**
 * The source text of a string scalar, in the style the old one had; a plain one is quoted where plain would be ambiguous.
 *
 * @param isJson double quotes only
 */
export function scalarSource(text: string, style: Scalar.Type | undefined, isJson = false): string {
  if (isJson || style === Scalar.QUOTE_DOUBLE || NEEDS_ESCAPE.test(text)) return doubleQuoted(text);
  if (style === Scalar.QUOTE_SINGLE) return `'${text.replaceAll("'", "''")}'`;
  return isPlainSafe(text) ? text : doubleQuoted(text);
}

/** JSON, in which YAML 1.1 would take some of the characters for line breaks or refuse them: they are escaped too. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
