import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { parseImageTarget } from '../../src/image/index.ts';
import { setImages } from './set-images.ts';

const TAG = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
const QUOTE = fc.constantFrom('', '"', "'");
const EOL = fc.constantFrom('\n', '\r\n');
const FILLER = fc.constantFrom(
  '# a comment\twith a tab',
  '',
  'other: 0777',
  'date: 2026-01-02',
  'num: 1e5',
  'anchored: &a {x: 1}',
  'text: >\n  folded\n  text\n',
  "quoted:   'it''s'   # aligned",
);

/** Lines of a file in many styles around one image; `{tag}` marks where its tag stands. */
const manifest = fc
  .record({
    before: fc.uniqueArray(FILLER, { maxLength: 4 }),
    after: fc.uniqueArray(FILLER, { maxLength: 4 }),
    shape: fc.constantFrom(
      'image: {q}acme/web:{tag}{q}',
      'spec:\n  containers:\n    - {name: web, image: {q}acme/web:{tag}{q} }',
      'images:\n- name: acme/web   # entry\n  newTag: {q}{tag}{q}   # tag',
      'image:\n    repository: acme/web\n\n    tag:   {q}{tag}{q}',
      'x: &r {repository: acme/web}\nimage:\n  <<: *r\n  tag: {q}{tag}{q} # {"$imagepolicy": "flux-system:web:tag"}',
      'parameters:\n- name: web.image.tag\n  value: {q}{tag}{q}\n- {name: web.image.repository, value: acme/web}',
      'one: 1\n---\nimages: [{q}acme/web:{tag}{q}]\n---\nthree: 3',
      '# head\nimageRepository: acme/web\nimageTag: {q}{tag}{q}\t# tab',
    ),
    quote: QUOTE,
    eol: EOL,
    bom: fc.boolean(),
    newline: fc.boolean(),
  })
  .map(({ before, after, shape, quote, eol, bom, newline }) => {
    const lines = [...before, shape, ...after.filter((line) => !before.includes(line))];
    const text = lines.join('\n').replaceAll('{q}', quote).replaceAll('\n', eol);
    return (bom ? '\uFEFF' : '') + text + (newline ? eol : '');
  });

test('only the bytes of the scalar differ, it reads back exactly in YAML 1.1 and 1.2, and twice is once', () => {
  fc.assert(
    fc.property(manifest, TAG, TAG, (template, from, to) => {
      fc.pre(from !== to && !/^[\d.]/.test(from));
      const before = template.replace('{tag}', from);
      const target = parseImageTarget(`acme/web:${to}`);
      if (target === undefined) throw new Error(`not parsed: ${to}`);
      const once =
        setImages([{ path: 'a.yaml', content: Buffer.from(before) }], [target]).files[0]?.content ?? before;
      const [head = '', tail = ''] = template.split('{tag}');
      const bare = (text: string) => text.replace(/["']$/, '');
      expect(once.startsWith(bare(head))).toBe(true);
      expect(once.endsWith(tail.replace(/^["']/, ''))).toBe(true);
      for (const version of ['1.1', '1.2'] as const) {
        expect(JSON.stringify(parseAllDocuments(once, { version, logLevel: 'silent' }))).toContain(
          `"${/acme\/web:/.test(head) ? 'acme/web:' : ''}${to}"`,
        );
      }
      const twice = setImages([{ path: 'a.yaml', content: Buffer.from(once) }], [target]);
      expect(twice.files).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
