import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { applyPlaces, findPlaces, parseValueTarget, type ValueTarget } from '../../src/manifest/index.ts';
import { editText } from './edited.ts';

const RUNS = { numRuns: 2000 };
const EOL = fc.constantFrom('\n', '\r\n');
/** One line or several, with whatever a person may paste; also what readers take for numbers, booleans and dates. */
const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'yes',
    'NO',
    '1e5',
    '0x1f',
    '1:30',
    '2026-01-02',
    '~',
    '<<',
    '- a',
    'a: b',
    'a #b',
    '---',
    '...',
    ' a',
    '\n',
    '\u2028',
    '\u0085',
  ),
);
const QUOTED = fc.constantFrom('old', '"old"', "'o''ld'", '"o\\nld"');

/** Text before and after the value; the value stands under `spec.v`. */
const SHAPE = fc
  .record({
    shape: fc.constantFrom(
      ['spec:\n  v: ', '   # c\n  w: 1e5\n'],
      ['spec:\n    a: 0777\n    v:   ', '\n'],
      ['spec: {a: "#", v: ', ' , w: yes}\n'],
      ['# é\u{1F600}\nspec: &s\n  v: ', ' # tab\there\nb: >\n  folded\n\n  text\n'],
      ['a: 1\n---\nspec:\n  v: ', '\n---\n- b\n'],
    ),
    eol: EOL,
    bom: fc.constantFrom('', '\uFEFF'),
    end: fc.boolean(),
  })
  .map(({ shape: [head = '', tail = ''], eol, bom, end }) => ({
    head: bom + head.replaceAll('\n', eol),
    tail: (end ? tail : tail.replace(/\n$/, '')).replaceAll('\n', eol),
  }));

function setValue(text: string, target: ValueTarget): string {
  const file = { path: 'a.yaml', content: Buffer.from(text) };
  const found = findPlaces([file], { images: [], values: [target] });
  return applyPlaces(found, () => 'write').files[0]?.content ?? text;
}

test('a text: only its bytes differ, it reads back exactly in YAML 1.1 and 1.2, and twice is once', () => {
  const { steps, path, file } = parseValueTarget('a.yaml#spec.v=');
  fc.assert(
    fc.property(
      SHAPE,
      QUOTED,
      TEXT.map((text) => text.toWellFormed()),
      ({ head, tail }, old, text) => {
        const target: ValueTarget = { file, path, steps, value: { kind: 'text', text } };
        const once = setValue(head + old + tail, target);
        expect(once.startsWith(head)).toBe(true);
        expect(once.endsWith(tail)).toBe(true);
        const written = once.slice(head.length, once.length - tail.length);
        for (const version of ['1.1', '1.2'] as const) {
          const [block, flow] = [`k: ${written} # c\n`, `{k: ${written} , l: 1}`];
          expect(parse(block, { version, logLevel: 'silent' })).toEqual({ k: text });
          expect(parse(flow, { version, logLevel: 'silent' })).toEqual({ k: text, l: 1 });
        }
        expect(setValue(once, target)).toBe(once);
      },
    ),
    RUNS,
  );
});

test('a number stays a number, written as it was given', () => {
  const number = fc.oneof(
    fc.integer().map(String),
    fc.tuple(fc.integer(), fc.nat()).map(([a, b]) => `${a}.${b}`),
  );
  fc.assert(
    fc.property(SHAPE, number, ({ head, tail }, text) => {
      const once = editText(`${head}42${tail}`, { values: [`a.yaml#spec.v=${text}`] });
      expect(once).toBe(head + text + tail);
    }),
    RUNS,
  );
});

/** Any structure, written in any style the library has. */
const TREE = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    TEXT.map((text) => text.toWellFormed()),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), tie('node'), { maxKeys: 3 }),
  ),
})).node;
const STYLE = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  singleQuote: fc.constantFrom(true, false, null),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  lineWidth: fc.constantFrom(0, 30, 80),
} as const);

test('in any structure and style every other value stays equal, also when a key is added', () => {
  fc.assert(
    fc.property(TREE, TREE, STYLE, fc.boolean(), (before, after, style, isThere) => {
      const image = { repository: 'acme/web', ...(isThere ? { tag: 'v1' } : {}) };
      const data = { before, target: { list: [1, { image }] }, after };
      const text = stringify(data, style);
      fc.pre(parseable(text));
      const values = ['a.yaml#target.list[1].image.tag=v2'];
      const once = editText(text, { values, addMissing: true });
      image.tag = 'v2';
      expect(JSON.stringify(parse(once))).toBe(
        JSON.stringify({ before, target: { list: [1, { image }] }, after }),
      );
      expect(editText(once, { values, addMissing: true })).toBe(once);
      expect(linesThatDiffer(text, once)).toBeLessThanOrEqual(1);
    }),
    RUNS,
  );
});

test('an entry added to a Kustomization in any style leaves the others equal', () => {
  const entry = fc.record({
    name: fc.constantFrom('x', 'acme/b', 'z'),
    newTag: TEXT.map((text) => text.toWellFormed()),
  });
  fc.assert(
    fc.property(
      fc.option(fc.array(entry, { maxLength: 3 })),
      TREE,
      STYLE,
      EOL,
      fc.boolean(),
      (images, tree, style, eol, end) => {
        const data = {
          resources: ['a.yaml', 'b.yaml'],
          ...(images === null ? {} : { images }),
          patches: [{ tree }],
        };
        const written = stringify(data, style);
        const text = (end ? written : written.replace(/\n$/, '')).replaceAll('\n', eol);
        fc.pre(parseable(text) && JSON.stringify(parse(text)) === JSON.stringify(data));
        const edit = { images: ['acme/web:1.10'], addMissing: true };
        const once = editText(text, edit, 'kustomization.yaml');
        const wanted = { ...data, images: [...(images ?? []), { name: 'acme/web', newTag: '1.10' }] };
        expect(parse(once)).toEqual(wanted);
        expect(editText(once, edit, 'kustomization.yaml')).toBe(once);
      },
    ),
    RUNS,
  );
});

/** The library writes a few trees (a key that is `<<`, say) that it does not read. */
function parseable(text: string): boolean {
  try {
    parse(text);
    // It also folds lines in the middle of a surrogate pair, which no file can hold.
    return text.isWellFormed();
  } catch {
    return false;
  }
}

function linesThatDiffer(before: string, after: string): number {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const head = a.findIndex((line, index) => line !== b[index]);
  const [x, y] = [a.toReversed(), b.toReversed()];
  const tail = x.findIndex((line, index) => line !== y[index]);
  return head < 0 && a.length === b.length
    ? 0
    : Math.max(a.length, b.length) - Math.max(head, 0) - Math.max(tail, 0);
}
