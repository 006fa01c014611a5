import { type Document, LineCounter, type Node, type ParsedNode, parseAllDocuments } from 'yaml';
import { ConfigurationError, messageOf } from '../action/index.ts';
import { type Anchors, surveyAnchors } from './anchors.ts';

/** A text with its parsed documents; ranges of nodes are string indices over the whole text. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** Strings must be in double quotes, and the text must stay JSON. */
  readonly isJson: boolean;
  readonly anchors: Anchors;
  /** `file:line` of a string index, for messages. */
  readonly at: (index: number) => string;
  /** Line of a string index in the file, from 1. */
  readonly line: (index: number) => number;
}

/** Larger files are no manifests. Characters. */
const LARGEST = 10 * 1024 * 1024;

/**
 * Parses every document of a YAML or JSON text, strictly. Aliases are not expanded, so a small text stays small.
 *
 * @param file its path, for messages
 * @param firstLine line of the file at which the text begins, from 1
 * @throws ConfigurationError with file and line for duplicate keys, tabs as indentation, Helm templates and other errors
 */
export function parseYamlText(file: string, text: string, firstLine = 1): YamlText {
  const lines = new LineCounter();
  const line = (index: number) => lines.linePos(index).line + firstLine - 1;
  const at = (index: number) => `${file}:${line(index)}`;
  const documents = parseAll(file, text, lines);
  const refuse = (index: number, message: string) =>
    new ConfigurationError(`${at(index)}: ${reasonOf(message, text)}`);
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) throw refuse(error.pos[0], error.message);
  }
  const anchors = surveyAnchors(documents);
  if (anchors.duplicateKey !== undefined)
    throw refuse(start(anchors.duplicateKey), 'Map keys must be unique');
  return { file, text, documents, isJson: isJson(text), anchors, at, line };
}

/**
 * Splits a stream at its `---` lines, so that only the documents of interest need to be parsed. A line `---` starts a
 * document wherever it stands (https://yaml.org/spec/1.2.2/#914-explicit-documents), and joining the parts gives the text.
 *
 * @returns one part when directives or `...` make documents depend on each other
 */
export function splitDocuments(text: string): readonly string[] {
  return /(?:^|\n)(?:%|\.\.\.)/.test(text) ? [text] : text.split(/(?<=\n)(?=---(?:[ \t\r\n]|$))/);
}

/** Where a node starts, as a string index. */
export function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

function parseAll(file: string, text: string, lineCounter: LineCounter): Document.Parsed<ParsedNode>[] {
  try {
    // Looking for duplicates is done by the survey: the parser's way takes minutes in a map of 100,000 keys.
    const options = { lineCounter, prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const;
    const documents = parseAllDocuments(text, options);
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser recurses: thousands of nested brackets exhaust the stack.
    throw new ConfigurationError(`${file} cannot be parsed: ${messageOf(error)}.`);
  }
}

function isJson(text: string): boolean {
  if (!/^[\s\uFEFF]*[[{]/.test(text)) return false;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function reasonOf(message: string, text: string): string {
  if (/\{\{-?[^}]*\}\}/.test(text)) {
    return 'this is a template, not YAML; set the image in the values file that the template reads.';
  }
  return `not valid YAML (${message.replace(/[.\s]+$/, '')}); nothing was written.`;
}

/**
 * The text of a file's bytes. Any byte order mark stays in it.
 *
 * @throws ConfigurationError when it is binary, not UTF-8, or larger than a manifest
 */
export function decodeUtf8(file: string, content: Buffer): string {
  if (content.length > LARGEST)
    throw new ConfigurationError(
      `${file} is larger than ${LARGEST / 1024 / 1024} MiB; manifests are smaller.`,
    );
  try {
    if (content.includes(0)) throw new Error('binary');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new ConfigurationError(`${file} is not UTF-8 text; only YAML and JSON in UTF-8 are edited.`);
  }
}
