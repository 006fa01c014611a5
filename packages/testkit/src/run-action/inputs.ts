import type { ActionFile } from './action-file.ts';

/** Values that `${{ }}` in a default may name. */
export type Expressions = Readonly<Record<string, string>>;

function evaluate(text: string, expressions: Expressions, input: string): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = expressions[expression];
    if (value === undefined) {
      throw new Error(
        `The default of input "${input}" holds \${{ ${expression} }}, which the kit does not evaluate.`,
      );
    }
    return value;
  });
}

/** The runner keeps dashes and turns spaces into underscores. */
const variable = (input: string) => `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;

/**
 * The INPUT_ variables of a step: what the workflow gives, the defaults of action.yml for the rest, and an empty text
 * for a declared input that has neither. Undeclared inputs are passed on, as the runner does (with a warning).
 */
export function inputVariables(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  expressions: Expressions,
): Record<string, string> {
  const lowerCase = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const declared = Object.entries(action.inputs).map(([name, fallback]) => {
    const value = lowerCase.get(name.toLowerCase()) ?? evaluate(fallback ?? '', expressions, name);
    return [variable(name), value] as const;
  });
  const passed = Object.entries(given).map(([name, value]) => [variable(name), value] as const);
  return Object.fromEntries([...declared, ...passed]);
}
