import { isScalar, Scalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { Value } from './edits.ts';
import type { Field } from './fields.ts';
import { writtenValue } from './image-values.ts';
import { isPlainSafe } from './quoting.ts';
import { NUMBER, type ValueTarget } from './value-target.ts';
import { start, type YamlText } from './yaml-text.ts';

/**
 * The new value in the type of the old one, unless it brings its own.
 *
 * @throws ConfigurationError with file and line when the text is no value of that type
 */
export function typed(
  source: YamlText,
  field: Field,
  { value, path }: ValueTarget,
  { value: old, type }: Scalar,
): Value {
  if (value.kind !== 'keep') return value;
  const { text } = value;
  const refuse = (what: string) =>
    new ConfigurationError(
      `${source.at(start(field.node))}: ${field.path} ${what}; set its type with ${path}:=… in JSON. Nothing was written.`,
    );
  if (typeof old === 'number' || typeof old === 'bigint') {
    if (!NUMBER.test(text)) throw refuse(`is a number, and ${JSON.stringify(text)} is none`);
    return { kind: 'plain', value: Number(text), text };
  }
  if (typeof old === 'boolean') {
    if (text !== 'true' && text !== 'false')
      throw refuse(`is true or false, and ${JSON.stringify(text)} is neither`);
    return { kind: 'plain', value: text === 'true', text };
  }
  if (typeof old === 'string' && type === Scalar.PLAIN && !isPlainSafe(old) && !source.isJson)
    throw refuse(
      `is ${JSON.stringify(old)}, which is text to some readers of YAML and something else to others`,
    );
  return { kind: 'text', text };
}

/** Whether a field has this value already, in a form that no reader takes for another. */
export function stands({ node }: Field, value: Value): boolean {
  if (!isScalar(node)) return false;
  if (value.kind === 'plain')
    return Object.is(node.value, value.value) && (value.value === null || writtenValue(node) === value.text);
  return node.value === value.text && (node.type !== Scalar.PLAIN || isPlainSafe(value.text));
}
