import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyPlaces, type BlockedRelease, findPlaces } from '../../src/manifest/index.ts';
import { wanted } from './edited.ts';

const BAD: BlockedRelease = { id: 'v2', reason: 'smoke tests failed' };
const MARK = '# gitops-actions: blocked v2 smoke tests failed';

function find(text: string, image: string) {
  return findPlaces([{ path: 'a.yaml', content: Buffer.from(text) }], wanted({ images: [image] }));
}

/** Writes an image with a mark; gives the new text, and where none could stand. */
function mark(text: string, image = 'acme/web:v1', blocked = BAD) {
  const { files, unmarked } = applyPlaces(find(text, image), () => blocked);
  return { text: files[0]?.content ?? text, unmarked: unmarked.map(({ line, path }) => `${line} ${path}`) };
}

describe('a mark that is written', () => {
  test.each([
    ['behind the value', 'image: acme/web:v2\n', `image: acme/web:v1 ${MARK}\n`],
    ['at the end of a file without a line end', 'image: acme/web:v2', `image: acme/web:v1 ${MARK}`],
    ['CRLF', 'image: acme/web:v2\r\nb: 1\r\n', `image: acme/web:v1 ${MARK}\r\nb: 1\r\n`],
    ['behind a comment', 'image: acme/web:v2 # ours\n', `image: acme/web:v1 # ours ${MARK}\n`],
    ['blanks at the end stay', 'image: acme/web:v2  \t\n', `image: acme/web:v1 ${MARK}  \t\n`],
    [
      'in the place of an older one, whatever follows it',
      'image: acme/web:v2  # gitops-actions: blocked v0 old # ours\n',
      `image: acme/web:v1 ${MARK} # ours\n`,
    ],
    [
      'where the older one stands',
      'images:\n- name: acme/web # gitops-actions: blocked v0 old\n  newTag: v2\n',
      `images:\n- name: acme/web ${MARK}\n  newTag: v1\n`,
    ],
    [
      'in a flow map, to the end of the line',
      'images:\n- {name: acme/web, newTag: v2}\n- {name: acme/api, newTag: v2}\n',
      `images:\n- {name: acme/web, newTag: v1} ${MARK}\n- {name: acme/api, newTag: v2}\n`,
    ],
    [
      'beside Flux, on the line of the name: its comment must stay JSON',
      'images:\n- name: acme/web\n  newTag: v2 # {"$imagepolicy": "flux-system:web:tag"}\n',
      `images:\n- name: acme/web ${MARK}\n  newTag: v1 # {"$imagepolicy": "flux-system:web:tag"}\n`,
    ],
    [
      'not inside a text that goes on',
      'image: {repository: acme/web,\n  tag: v2, note: "a\n  b"}\n',
      `image: {repository: acme/web, ${MARK}\n  tag: v1, note: "a\n  b"}\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(mark(before)).toEqual({ text: after, unmarked: [] });
    expect(find(after, 'acme/web:v2').places[0]?.blocked).toMatchObject(BAD);
  });

  test.each([
    ['JSON', '{"image": "acme/web:v2"}\n', '1 image'],
    [
      'a line of two images',
      'images: [{name: acme/web, newTag: v2}, {name: acme/api, newTag: v2}]\n',
      '1 images[0].newTag',
    ],
    ['only a line that Flux reads', 'image: acme/web:v2 # {"$imagepolicy": "flux-system:web"}\n', '1 image'],
    ['a line whose end is inside a text', 'a: {image: acme/web:v2, note: "x\n  y"}\n', '1 a.image'],
  ])('has no place: %s; the value is set', (_, before, place) => {
    expect(mark(before)).toEqual({ text: before.replace('v2', 'v1'), unmarked: [place] });
  });

  test.each([
    ['two\nlines\r\nand\ttabs', 'two lines and tabs'],
    ['see # other #{x} #12', 'see other {x} 12'],
    ['a\u2028b\u0085c\u0000d\ufeffe\ud800', 'a b c d e\ufffd'],
    ['', ''],
    ['x'.repeat(300), `${'x'.repeat(200)}…`],
    ['# gitops-actions: hold me', 'gitops-actions: hold me'],
  ])('takes a reason as one line: %j', (reason, shown) => {
    const { text } = mark('image: acme/web:v2\n', 'acme/web:v1', { id: 'v2', reason });
    expect(text).toBe(`image: acme/web:v1 ${`# gitops-actions: blocked v2 ${shown}`.trimEnd()}\n`);
    expect(find(text, 'acme/web:v2').places[0]).toMatchObject({
      hold: undefined,
      blocked: { id: 'v2', reason: shown },
    });
  });
});

const TAG = fc.stringMatching(/^v[A-Za-z0-9._-]{0,12}$/);
const SHAPES = [
  'image: {q}acme/web:{tag}{q}{c}',
  'spec:\n  containers:\n    - {name: web, image: {q}acme/web:{tag}{q} }{c}',
  'images:\n- name: acme/web   # entry\n  newTag: {q}{tag}{q}{c}',
  'image:\n    repository: acme/web\n\n    tag:   {q}{tag}{q}{c}',
  'parameters:\n- name: web.image.tag\n  value: {q}{tag}{q}{c}\n- {name: web.image.repository, value: acme/web}',
  'one: 1\n---\nimages: [{q}acme/web:{tag}{q}]{c}\n---\nthree: 3',
  'args: [\n  {q}acme/web:{tag}{q},{c}\n  other ]',
];

test('read back it is the mark, every other byte stays, and a newer release takes it away again', () => {
  const style = fc.record({
    shape: fc.constantFrom(...SHAPES),
    quote: fc.constantFrom('', '"', "'"),
    comment: fc.constantFrom('', ' # ours', '  # a "quoted" {comment}', ' #', '\t# tab', '   '),
    eol: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
  });
  const reason = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('a # b', '# x', 'x #{y}'),
  );
  fc.assert(
    fc.property(
      style,
      TAG,
      TAG,
      TAG,
      reason,
      ({ shape, quote, comment, eol, bom }, good, bad, newer, why) => {
        fc.pre(new Set([good, bad, newer]).size === 3);
        const template = `${bom ? '\uFEFF' : ''}# head\n${shape}\nlast: 1\n`
          .replaceAll('{q}', quote)
          .replaceAll('\n', eol);
        const text = (tag: string, written = '') => {
          const [, body = '', blanks = ''] = /^(.*?)([ \t]*)$/.exec(comment) ?? [];
          return template.replace('{tag}', tag).replace('{c}', `${body}${written}${blanks}`);
        };
        const marked = mark(text(bad), `acme/web:${good}`, { id: bad, reason: why });
        expect(marked.unmarked).toEqual([]);
        const [place] = find(marked.text, `acme/web:${newer}`).places;
        const shown = place?.blocked?.reason ?? '';
        expect(place?.blocked?.id).toBe(bad);
        expect(shown).not.toMatch(/\p{Cc}|\s#|^#/u);
        const written = ` # gitops-actions: blocked ${bad} ${shown}`.trimEnd();
        expect(marked.text).toBe(text(good, written));
        const { files } = applyPlaces(find(marked.text, `acme/web:${newer}`), () => 'write');
        expect(files[0]?.content).toBe(text(newer));
      },
    ),
    { numRuns: 2000 },
  );
});
