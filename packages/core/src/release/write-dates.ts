import type { Format } from './format.ts';
import { type DatePlaceholder, isDatePlaceholder, readPlaceholder } from './placeholders.ts';

/** The moments that a format may ask for; undefined when it was not asked for. */
export type ReleaseDates = Readonly<Record<DatePlaceholder, Date | undefined>>;

/**
 * Puts dates into a format, in UTC. The rest stays: a format without dates comes back as it is, and so does a placeholder
 * whose date is undefined.
 *
 * @param format one whose placeholders `placeholderProblem` has nothing against
 */
export async function writeDates(format: Format, dates: ReleaseDates): Promise<Format> {
  if (!format.some((part) => 'placeholder' in part && isDatePlaceholder(nameIn(part)))) return format;
  // Loaded only now: few formats have a date, and the start counts.
  const { formatDate } = await import(/* webpackMode: "eager" */ './format-date.ts');
  return format.map((part) => {
    if (!('placeholder' in part)) return part;
    const { name, argument } = readPlaceholder(part.placeholder);
    const date = isDatePlaceholder(name) ? dates[name] : undefined;
    return date === undefined || argument === undefined ? part : { text: formatDate(date, argument) };
  });
}

function nameIn({ placeholder }: { readonly placeholder: string }): string {
  return readPlaceholder(placeholder).name;
}
