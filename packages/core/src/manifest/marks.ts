import { Lexer, type Node } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import { start, type YamlText } from './yaml-text.ts';

/** What comments say of a place. */
export interface Marks {
  /** The reason of a hold, which may be empty. */
  readonly hold: string | undefined;
  readonly blocked: BlockedMark | undefined;
  /** Flux's image policy that writes here too, such as `flux-system:web`. */
  readonly imagePolicy: string | undefined;
}

export interface BlockedMark {
  readonly id: string;
  readonly reason: string;
  /** From 1. */
  readonly line: number;
  /** The text to remove with the mark, as string indices. */
  readonly from: number;
  readonly to: number;
}

interface Comment {
  readonly text: string;
  readonly index: number;
}

/** A mark ends where another comment begins: ` # ` or ` #{`. Lines end at LF alone, whatever else a reason holds. */
const MARK = /#[ \t]*gitops-actions:[ \t]*(?<verb>[^\s#]*)[ \t]*(?<rest>.*?)(?=[ \t]+#(?:[ \t{]|$)|[ \t]*$)/s;
/** https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources */
const IMAGE_POLICY = /\{\s*"\$imagepolicy"\s*:\s*"([^"]+)"\s*\}/;
/** Lexemes that are no text: https://eemeli.org/yaml/#lexer */
const SIGNALS = new Set(['\x02', '\x18', '\x1f']);
const SCALAR = '\x1f';

/** Reads the comments of a text once, if it has any that matter. @returns the comments by their lines */
export function surveyComments(source: YamlText): ReadonlyMap<number, Comment> {
  const comments = new Map<number, Comment>();
  if (!/gitops-actions:|\$imagepolicy/.test(source.text)) return comments;
  let [index, before] = [0, ''];
  for (const lexeme of new Lexer().lex(source.text)) {
    const isSignal = SIGNALS.has(lexeme) && before !== SCALAR;
    if (!isSignal && before !== SCALAR && lexeme.startsWith('#'))
      comments.set(source.line(index), { text: lexeme, index });
    if (!isSignal) index += lexeme.length;
    before = lexeme;
  }
  return comments;
}

/**
 * The marks on the lines of some nodes.
 *
 * @throws ConfigurationError for a mark that is neither `hold` nor `blocked <id>`: a slip must not open what is held
 */
export function marksAt(
  source: YamlText,
  comments: ReadonlyMap<number, Comment>,
  nodes: readonly Node[],
): Marks {
  const lines = nodes.flatMap((node) => [source.line(start(node)), source.line(lastIndex(node))]);
  const marks = [...new Set(lines)].flatMap((line) => {
    const comment = comments.get(line);
    return comment === undefined ? [] : [marksOf(source, comment)];
  });
  return {
    hold: marks.find(({ hold }) => hold !== undefined)?.hold,
    blocked: marks.find(({ blocked }) => blocked !== undefined)?.blocked,
    imagePolicy: marks.find(({ imagePolicy }) => imagePolicy !== undefined)?.imagePolicy,
  };
}

/**
 * The reason of a hold in the comment at a file's head, above its first value; empty when it gives none.
 *
 * @throws ConfigurationError for any other mark there
 */
export function holdAtHead(file: string, text: string): string | undefined {
  let line = 0;
  for (const written of text.replace(/^\uFEFF/, '').split('\n')) {
    line++;
    if (!/^[ \t]*(?:#|$)|^(?:---|%)/.test(written.trimEnd())) return undefined;
    const mark = /^[ \t]*(?:---[ \t]+)?#/.test(written) ? MARK.exec(written.trimEnd())?.groups : undefined;
    if (mark === undefined) continue;
    if (mark.verb !== 'hold') throw unknownMark(`${file}:${line}`, mark.verb ?? '', 'hold <reason>');
    return mark.rest ?? '';
  }
  return undefined;
}

function marksOf(source: YamlText, { text, index }: Comment): Marks {
  const imagePolicy = IMAGE_POLICY.exec(text)?.[1]?.replace(/:(?:tag|name|digest)$/, '');
  const mark = MARK.exec(text);
  const { verb = '', rest = '' } = mark?.groups ?? {};
  if (mark === null) return { hold: undefined, blocked: undefined, imagePolicy };
  if (verb === 'hold') return { hold: rest, blocked: undefined, imagePolicy };
  const [, id, reason = ''] = /^(\S+)[ \t]*(.*)$/.exec(rest) ?? [];
  if (verb !== 'blocked' || id === undefined)
    throw unknownMark(source.at(index), `${verb} ${rest}`.trim(), 'hold <reason> or blocked <id> <reason>');
  const from = index + mark.index;
  return {
    hold: undefined,
    blocked: { id, reason, line: source.line(from), ...withBlank(source.text, from, from + mark[0].length) },
    imagePolicy,
  };
}

/** A mark goes with the blanks before it, unless other text of the comment follows. */
function withBlank(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const blank = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', from - 1) + 1, from))?.[0].length ?? 0;
  return { from: from - blank, to };
}

function lastIndex({ range }: Node): number {
  return Math.max(range?.[0] ?? 0, (range?.[1] ?? 0) - 1);
}

function unknownMark(at: string, given: string, legal: string): ConfigurationError {
  return new ConfigurationError(
    `${at}: the mark "gitops-actions: ${given}" is unknown; it must be ${legal}. Nothing was written.`,
  );
}
