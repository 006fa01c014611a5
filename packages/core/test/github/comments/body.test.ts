import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatBody, type Part, parseBody, sectionKey, TITLE } from '../../../src/github/comments/body.ts';
import { escapeMarkers } from '../../../src/github/comments/marker.ts';
import { textOf } from '../../../src/github/comments/plan.ts';

const revision = { run: 123, attempt: 1, sequence: 1 };
const part = (text: string): Part => ({ revision, text });
const body = (sections: Record<string, string>) => ({
  id: 'gitops-actions',
  token: 'abc',
  base: 'xyz',
  parts: new Map(Object.entries(sections).map(([name, text]) => [sectionKey(name), part(text)])),
});

test('a comment shows a title and the sections in the order of their names, and nothing else', () => {
  const comment = body({ 'web-10': 'ten', 'web-2': 'two', '': 'unnamed' });
  comment.parts.set(TITLE, part('## Previews'));
  expect(formatBody(comment)).toBe(`<!-- gitops-actions:comment gitops-actions abc xyz -->
<!-- gitops-actions:title 123.1.1 -->
## Previews
<!-- /gitops-actions:title -->

<!-- gitops-actions:section - 123.1.1 -->
unnamed
<!-- /gitops-actions:section - -->

<!-- gitops-actions:section web-2 123.1.1 -->
two
<!-- /gitops-actions:section web-2 -->

<!-- gitops-actions:section web-10 123.1.1 -->
ten
<!-- /gitops-actions:section web-10 -->`);
});

const names = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('-', '--', '-->', '--!>', 'a b', 'é%', '\n'),
);
const hostile = fc.constantFrom(
  '<!-- gitops-actions:section web 999.1.1 -->',
  '<!-- /gitops-actions:section web -->',
  '  <!--gitops-actions:comment gitops-actions-->\r',
  '<!--\u00a0gitops-actions:title 1.1.1 -->',
  '<!-- / gitops-actions:section x -->',
  '```',
  '~~~~',
  '<details>',
  '</pre>',
);
const texts = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary' })), { maxLength: 6 })
  .map((lines) => lines.join('\n'));

test('whatever names and messages hold, what was written is what is read', () => {
  fc.assert(
    fc.property(names, fc.dictionary(names, texts), (id, sections) => {
      const written = Object.entries(sections).map(
        ([name, text]) => [sectionKey(name.toWellFormed()), part(textOf(text))] as const,
      );
      const comment = { id: id.toWellFormed(), token: 't', base: 'b', parts: new Map(written) };
      const text = formatBody(comment);
      for (const form of [text, text.replaceAll('\n', '\r\n'), text.replaceAll(' -->', ' -->  ')]) {
        const read = parseBody(form);
        expect(read?.id).toBe(comment.id);
        expect([...(read?.parts.keys() ?? [])].sort()).toEqual([...comment.parts.keys()].sort());
      }
      expect(parseBody(text)).toEqual(comment);
      expect(parseBody(text.replaceAll('\n', '\r\n'))).toEqual(comment);
    }),
    { numRuns: 500 },
  );
});

describe('what a person does in the editor', () => {
  const text = formatBody(body({ api: 'first', web: 'second' }));

  test('an end that was deleted: the section goes on to the next marker', () => {
    const read = parseBody(text.replace('<!-- /gitops-actions:section api -->\n', ''));
    expect(read?.parts.get(sectionKey('web'))?.text).toBe('second');
    expect(read?.parts.get(sectionKey('api'))?.text).toBe('first\n');
  });

  test('a revision that was broken counts as the oldest', () => {
    const read = parseBody(text.replace('section api 123.1.1', 'section api x'));
    expect(read?.parts.get(sectionKey('api'))?.revision).toEqual({ run: 0, attempt: 0, sequence: 0 });
  });

  test('a name that was broken: the section is dropped, the others stay', () => {
    const read = parseBody(text.replaceAll('section api', 'section %E0%A4%A'));
    expect([...(read?.parts.keys() ?? [])]).toEqual([sectionKey('web')]);
  });
});

test.each([
  ['no marker', 'hello'],
  ['the marker inside a line', 'see <!-- gitops-actions:comment x t b --> here'],
  ['the marker below a text', `hello\n${formatBody(body({}))}`],
  ['another kind first', '<!-- gitops-actions:section web 1.1.1 -->'],
  ['an empty text', ''],
])('not ours: %s', (_name, text) => {
  expect(parseBody(text)).toBeUndefined();
});

test('escaping takes linear time and is done once', () => {
  const text = `<!--${' '.repeat(300_000)}x`.repeat(3);
  const start = performance.now();
  expect(escapeMarkers(text)).toBe(text);
  expect(performance.now() - start).toBeLessThan(1000);
  const once = escapeMarkers('<!-- gitops-actions:x -->');
  expect(once).toBe('&lt;!-- gitops-actions:x -->');
  expect(escapeMarkers(once)).toBe(once);
});
