import { type InputReader, illegal, linesOf } from '@gitops-actions/core/action';
import type { Selection } from './engine.ts';

/** What tells a label selector from a name. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
const SELECTOR = /[=!]| (?:not)?in \(/;
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** What an engine takes for a name, in messages: `an Application`. Of several kinds the first is meant without a word. */
export interface Nameable {
  readonly what: string;
  /** Words that may stand before a slash and the name; none where there is one kind only. */
  readonly words: readonly string[];
}

/**
 * Reads the input `application`: names, or one label selector.
 *
 * @returns names each once, where there are words as `word/name`
 * @throws ConfigurationError for what is neither
 */
export function readSelection(reader: InputReader, nameable: Nameable): Selection {
  const text = reader.required('application');
  const lines = linesOf(text);
  const selector = lines.find((line) => SELECTOR.test(line));
  if (selector === undefined)
    return { kind: 'names', names: [...new Set(lines.map((line) => readName(line, nameable)))] };
  if (lines.length === 1) return { kind: 'selector', selector };
  throw illegal('application', text, 'either names, one a line, or one label selector such as app=web alone');
}

function readName(line: string, { what, words }: Nameable): string {
  const [, written, name = ''] = /^(?:([^/]*)\/)?(.*)$/.exec(line) ?? [];
  const [first] = words;
  const word = written?.toLowerCase() ?? first;
  const isKnown = word === undefined || words.includes(word);
  if (isKnown && NAME.test(name)) return word === undefined ? name : `${word}/${name}`;
  const legal = words.map((one) => `${one}/<name>, `).join('');
  throw illegal('application', line, `${legal}the bare name of ${what}, or a label selector such as app=web`);
}
