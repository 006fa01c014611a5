/** One step of a path: a key of a map, a position in a list, or the entries of a list with a key of this text. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'entry'; readonly key: string; readonly text: string };

const STEP =
  /(?<dot>\.?)(?<key>[^\s.[\]"'=:#]+)|\[(?:(?<quoted>"(?:[^"\\]|\\.)*")|(?<index>\d{1,9})|(?<name>[^\s[\]"'=]+)=(?:(?<textQuoted>"(?:[^"\\]|\\.)*")|(?<text>[^[\]"]+)))\]/y;

/**
 * Reads a path from the start of a text: `a.b`, `["a.b/c"]`, `[name=web]`, `[0]`.
 *
 * @returns the steps, and where the path ends; undefined when the text begins with no path
 */
export function readPath(
  text: string,
): { readonly steps: readonly Step[]; readonly end: number } | undefined {
  const steps: Step[] = [];
  let end = 0;
  for (;;) {
    STEP.lastIndex = end;
    const groups = STEP.exec(text)?.groups;
    if (groups === undefined) break;
    // A dot stands between keys, and only there.
    if (groups.key !== undefined && (groups.dot === '.') !== end > 0) return undefined;
    const step = stepOf(groups);
    if (step === undefined) return undefined;
    steps.push(step);
    end = STEP.lastIndex;
  }
  return steps.length === 0 ? undefined : { steps, end };
}

function stepOf(groups: Readonly<Record<string, string | undefined>>): Step | undefined {
  const { key, quoted, index, name, text, textQuoted } = groups;
  if (key !== undefined) return { kind: 'key', key };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  try {
    const read = (json: string): string => JSON.parse(json) as string;
    if (quoted !== undefined) return { kind: 'key', key: read(quoted) };
    return {
      kind: 'entry',
      key: name ?? '',
      text: textQuoted === undefined ? (text ?? '') : read(textQuoted),
    };
  } catch {
    return undefined;
  }
}
