/** A declared input, output or secret. */
export interface Field {
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly required?: boolean;
}

export type FieldMap = Readonly<Record<string, Field>>;

/** A Markdown table of what a file declares, a row each. Throws for a field without a description. */
export function tableOf(
  file: string,
  kind: string,
  declared: FieldMap | undefined,
  hasDefault = false,
): string {
  const head = hasDefault ? ['meaning', 'default'] : ['meaning'];
  const rows = Object.entries(declared ?? {}).map(([name, field]) => {
    if (!field.description?.trim()) throw new Error(`${file}: "${name}" has no description.`);
    return [`\`${name}\``, describe(field), ...(hasDefault ? [fallback(field)] : [])];
  });
  return table([kind, ...head], rows);
}

/** A Markdown table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Puts content between the two marks of a text. Throws when they are missing. */
export function between(text: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`There is no ${open} … ${close} pair.`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

function describe(field: Field): string {
  return (field.description ?? '').trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function fallback(field: Field): string {
  if (field.required) return '**required**';
  const text = String(field.default ?? '');
  return text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``;
}
