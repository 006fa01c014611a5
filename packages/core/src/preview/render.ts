import { isUtf8 } from 'node:buffer';
import { parseImageReference } from '../image/index.ts';
import { isPlainSafe } from '../manifest/index.ts';
import type { PreviewSpec } from './engine.ts';

/** A file of a template folder: path below the folder, and bytes. */
export interface TemplateFile {
  readonly path: string;
  readonly content: Buffer;
}

const KEYS = new Set(['name', 'host', 'namespace', 'image', 'tag', 'pr', 'sha', 'service']);
const MARK = /\{\{[ \t]*preview\.([a-z]+)[ \t]*\}\}/g;
/** The placeholder is the whole plain value: `tag: {{preview.tag}}`, `- {{preview.tag}}`, with or without a comment. */
const WHOLE_VALUE =
  /^([ \t]*(?:- +)*(?:[^\s#'"{}[\]][^'"{}[\]]*:[ \t]+|- +))\{\{[ \t]*preview\.([a-z]+)[ \t]*\}\}([ \t]*(?: #.*)?\r?)$/gm;

/**
 * Renders one file. Only `{{preview.x}}` is replaced, where x is one of name, host, namespace, image, tag, pr, sha, service;
 * everything else stays byte for byte, other templates' `{{ }}` too. A binary file is copied as it is.
 *
 * In YAML, a value that is nothing but a placeholder is quoted when a reader would not take the text for a string:
 * the tag `12e4567` is a number to Kubernetes. `{{preview.pr}}` stays a number.
 */
export function renderFile({ path, content }: TemplateFile, preview: PreviewSpec): TemplateFile {
  if (!isUtf8(content) || content.includes(0)) return { path, content };
  const values = valuesOf(preview);
  const text = content.toString('utf8');
  const quoted = /\.ya?ml$/i.test(path) ? quoteValues(text, values) : text;
  return { path, content: Buffer.from(quoted.replace(MARK, (mark, key: string) => values.get(key) ?? mark)) };
}

function quoteValues(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(WHOLE_VALUE, (line, before: string, key: string, after: string) => {
    const value = values.get(key);
    if (value === undefined || key === 'pr' || isPlainSafe(value)) return line;
    return `${before}"${value}"${after}`;
  });
}

/** A text with the preview's values in the place of its `{{preview.x}}` marks; unknown ones stay. */
export function renderText(text: string, preview: PreviewSpec): string {
  const values = valuesOf(preview);
  return text.replace(MARK, (mark, key: string) => values.get(key) ?? mark);
}

/** `{{preview.…}}` marks of a text that stand for nothing, and therefore stay: most likely misspelt. */
export function unknownMarks(content: Buffer): readonly string[] {
  if (!isUtf8(content)) return [];
  return [...content.toString('utf8').matchAll(MARK)].flatMap(([mark, key]) =>
    KEYS.has(key ?? '') ? [] : [mark],
  );
}

function valuesOf(preview: PreviewSpec): ReadonlyMap<string, string> {
  const { name, host, namespace, image, service, pullRequest, head } = preview;
  const tag = parseImageReference(image)?.tag ?? '';
  return new Map(
    Object.entries({ name, host, namespace, image, service, tag, pr: String(pullRequest), sha: head }),
  );
}
