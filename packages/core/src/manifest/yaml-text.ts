import { type Document, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml';
import { ConfigurationError, messageOf } from '../action/index.ts';

/** A text with its parsed documents; ranges of nodes are string indices over the whole text. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** `file:line` of a string index, for messages. */
  readonly at: (index: number) => string;
  /** Line of a string index, from 1. */
  readonly line: (index: number) => number;
}

/** Larger files are no manifests. Bytes. */
const LARGEST = 10 * 1024 * 1024;

/**
 * Parses every document of a YAML or JSON text, strictly. Aliases are not expanded, so a small text stays small.
 *
 * @param file its path, for messages
 * @throws ConfigurationError with file and line for duplicate keys, tabs as indentation, Helm templates and other errors
 */
export function parseYamlText(file: string, text: string): YamlText {
  if (text.length > LARGEST)
    throw new ConfigurationError(
      `${file} is larger than ${LARGEST / 1024 / 1024} MiB; manifests are smaller.`,
    );
  const lines = new LineCounter();
  const line = (index: number) => lines.linePos(index).line;
  const at = (index: number) => `${file}:${line(index)}`;
  const documents = parseAll(file, text, lines);
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined)
      throw new ConfigurationError(`${at(error.pos[0])}: ${reasonOf(error.message, text)}`);
  }
  return { file, text, documents, at, line };
}

function parseAll(file: string, text: string, lineCounter: LineCounter): Document.Parsed<ParsedNode>[] {
  try {
    const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser recurses: thousands of nested brackets exhaust the stack.
    throw new ConfigurationError(`${file} cannot be parsed: ${messageOf(error)}.`);
  }
}

function reasonOf(message: string, text: string): string {
  if (/\{\{-?[^}]*\}\}/.test(text)) {
    return 'this is a template, not YAML; set the image in the values file that the template reads.';
  }
  return `not valid YAML (${message.replace(/[.\s]+$/, '')}); nothing was written.`;
}

/** The text of a file's bytes. Any byte order mark stays in it. @throws ConfigurationError when it is not UTF-8 */
export function decodeUtf8(file: string, content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new ConfigurationError(`${file} is not UTF-8 text; only YAML and JSON in UTF-8 are edited.`);
  }
}
