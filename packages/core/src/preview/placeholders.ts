import { illegal } from '../action/index.ts';

/** Values by placeholder name: `{{pr}}` is `pr`. */
export type PlaceholderValues = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Fills the placeholders of an input such as `pr-{{pr}}-{{service}}`.
 *
 * @param template the input's value
 * @param values every legal placeholder; one with an empty value may not be used
 * @param input the input's name, for the error
 * @throws ConfigurationError for a placeholder that does not exist or has no value here
 */
export function fillPlaceholders(template: string, values: PlaceholderValues, input: string): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      const known = Object.keys(values).map((key) => `{{${key}}}`);
      throw illegal(input, template, `text with no placeholders but ${known.join(' ')}`);
    }
    if (value === '') throw illegal(input, template, `without {{${name}}}, which is empty here`);
    return value;
  });
}
