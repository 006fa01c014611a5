import { type InputReader, illegal } from '../action/index.ts';
import type { OrderRule } from '../release/index.ts';

const WORDS = ['auto', 'semver', 'numeric', 'ancestry', 'none'] as const;

/** Reads the input `order`: a word, or a regular expression with a named group `order`. */
export function readOrder(reader: InputReader): OrderRule {
  const text = reader.required('order');
  const word = WORDS.find((candidate) => candidate === text);
  return word ?? readExpression(text);
}

function readExpression(text: string): RegExp {
  const legal = `one of: ${WORDS.join(', ')}, or a regular expression with a named group such as ^rel-(?<order>\\d+)`;
  if (!text.includes('(?<order>')) throw illegal('order', text, legal);
  try {
    return new RegExp(text);
  } catch {
    throw illegal('order', text, legal);
  }
}
