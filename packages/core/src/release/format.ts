/** A parsed format: texts and placeholders in the order they were written. */
export type Format = readonly FormatPart[];

type FormatPart = { readonly text: string } | { readonly placeholder: string };

/**
 * Parses a release format such as `v1.0.{{run_number}}-{{sha}}`. Spaces around a placeholder's name are allowed, as
 * in Handlebars, which docker/metadata-action uses. https://github.com/docker/metadata-action#global-expressions
 *
 * Never fails: what is between the braces is kept as it is, and an unclosed brace is text.
 */
export function parseFormat(format: string): Format {
  const parts = format.split(/\{\{([^{}]*)\}\}/);
  return parts
    .map((part, index) => (index % 2 === 0 ? { text: part } : { placeholder: part.trim() }))
    .filter((part) => !('text' in part) || part.text !== '');
}

/** The names between braces, in order, with repetitions. */
export function placeholdersIn(format: Format): readonly string[] {
  return format.flatMap((part) => ('placeholder' in part ? [part.placeholder] : []));
}

/** The texts between placeholders, in order. */
export function textsIn(format: Format): readonly string[] {
  return format.flatMap((part) => ('text' in part ? [part.text] : []));
}

/** Writes each placeholder's value in its place. Values are not looked at again: braces in them stay text. */
export function renderFormat(format: Format, value: (placeholder: string) => string): string {
  return format.map((part) => ('text' in part ? part.text : value(part.placeholder))).join('');
}
