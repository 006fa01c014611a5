import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { covered, footprint } from './changed-footprint.ts';

describe('paths', () => {
  test.each([
    ['a folder', ['web'], ['web/a', 'web/b/.c', 'web'], ['webs/a', 'a/web', 'Web/a']],
    ['a folder, written otherwise', ['./web/'], ['web/a'], ['a']],
    ['a file', ['web/a.ts'], ['web/a.ts'], ['web/a.tsx', 'web/b']],
    ['the whole repository', ['.'], ['a', '.github/b'], []],
    ['a star', ['*.js'], ['a.js', '.a.js'], ['b/a.js', 'a.jsx']],
    ['two stars', ['web/**'], ['web/a', 'web/b/c', 'web/.env'], ['a']],
    ['two stars in front', ['**/*.js'], ['a.js', 'b/c/a.js'], ['a.ts']],
    ['two stars between', ['web/**/test/*'], ['web/test/a', 'web/b/c/test/a'], ['web/test/a/b']],
    ['characters', ['v[0-9].md'], ['v1.md'], ['v10.md', 'va.md']],
    ['alternatives', ['{web,api}/src/**'], ['web/src/a', 'api/src/a'], ['orders/src/a']],
    ['a part of a name', ['web-*/**'], ['web-a/b'], ['web/b']],
    ['an exception', ['web', '!web/**/*.md'], ['web/a.ts'], ['web/a.md', 'web/b/c.md']],
    ['an exception that is a folder', ['**', '!docs'], ['a', 'docs.md'], ['docs/a', 'docs/b/c']],
    [
      'an exception from the exception',
      ['web', '!web/docs', 'web/docs/api.md'],
      ['web/docs/api.md'],
      ['web/docs/b'],
    ],
    ['an exception that comes too early', ['!web/a', 'web'], ['web/a'], []],
    ['signs that are no pattern to GitHub', ['app/(shop)/**'], ['app/(shop)/a'], ['app/shop/a']],
    [
      'more of them',
      ['a|b/**', '+page/*', '@scope/*', '"q"/*', '$x^/*'],
      ['a|b/c', '+page/a', '@scope/a', '"q"/a', '$x^/a'],
      ['a', 'b/c', 'page/a'],
    ],
    ['a folder that looks like a pattern', ['app/[id]'], ['app/[id]/a', 'app/i'], ['app/b']],
    ['a submodule above', ['libs/shop/src'], ['libs/shop', 'libs/shop/src/a'], ['libs', 'libs/sho'].slice(1)],
    [
      'no submodule above an exception',
      ['libs', '!libs/shop/docs'],
      ['libs/shop', 'libs/a'],
      ['libs/shop/docs/a'],
    ],
    ['a name with a space', ['my web'], ['my web/a'], ['my']],
  ])('%s', (_what, paths, inside, outside) => {
    expect(covered({ paths }, [...inside, ...outside])).toEqual(inside);
  });

  test('cover every file that a pattern was made from', () => {
    const name = fc.stringMatching(/^[\w()|+@^$"'&%#~=][\w()|+@!^$"'&%#~=; -]*[\w()+@^$]$/);
    const part = fc.oneof(
      name.map((text) => [text, text] as const),
      name.map((text) => [text, '*'] as const),
      name.map((text) => [text, `{${text.replace(/,/g, '')},other}`] as const),
      fc.tuple(name, name).map(([one, two]) => [`${one}/${two}`, '**'] as const),
      fc.constantFrom('a', 'Z', '7').map((sign) => [sign, '[A-Za-z0-9]'] as const),
    );
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, (made) => {
        const [file, path] = [0, 1].map((side) => made.map((one) => one[side as 0 | 1]).join('/'));
        return covered({ paths: [path] }, [file ?? '']).length === 1;
      }),
      { numRuns: 2000 },
    );
  });

  const of = 'Input "services" gives service "web"';
  const list = `${of} "paths" that are no list of texts, or an empty one; write ["web", "libs"], or leave "paths" out.`;
  const outside = (path: string) =>
    `Input "services" has the path ${JSON.stringify(path)}; it must stay inside the repository and use "/" (no leading "/", no "..", ":" or "\\").`;
  const brackets = (path: string) =>
    `${of} the path "${path}", in which brackets are neither characters such as [a-z] nor alternatives such as {web,api}; write "*" in their place.`;
  const stars = (path: string) =>
    `${of} the path "${path}", in which "**" is only a part of a name; write "**/*.js" for files in all folders below.`;
  test.each([
    ['web/**', list],
    [[], list],
    [null, list],
    [{ web: true }, list],
    [['web', 1], list],
    [['!web'], `${of} "paths" of exceptions only; name first what they are exceptions from, such as "**".`],
    [[' '], `${of} the path "", which is empty; write "." for the whole repository.`],
    [['web', '!'], `${of} the path "!", which is empty; write "." for the whole repository.`],
    [['/web'], outside('/web')],
    [['../web'], outside('../web')],
    [['web/../../etc'], outside('web/../../etc')],
    [['web\\a'], outside('web\\a')],
    [['.git/config'], outside('.git/config')],
    [['web\n::error::x'], outside('web\n::error::x')],
    [['!/web'], outside('/web')],
    [['**.js'], stars('**.js')],
    [['web**/a'], stars('web**/a')],
    [['***'], stars('***')],
    [[',**'], stars(',**')],
    [['{a,b}**'], stars('{a,b}**')],
    [['[z-a]/**'], brackets('[z-a]/**')],
    [['[!a]/**'], brackets('[!a]/**')],
    [['a[b'], brackets('a[b')],
    [['{a}/b'], brackets('{a}/b')],
    [['{a,{b,c}}'], brackets('{a,{b,c}}')],
    [['{docs/**,src}'], brackets('{docs/**,src}')],
    [['v{8..12}'], brackets('v{8..12}')],
    [
      ['*.jsx?'],
      `${of} the path "*.jsx?", which holds "?", for GitHub a sign that the character before may be missing, elsewhere any character; write "*".`,
    ],
    [
      ['a'.repeat(1001)],
      `${of} the path "${'a'.repeat(100)}", which is longer than 1000 characters; shorten it.`,
    ],
  ])('%j are refused', (paths, message) => {
    expect(() => footprint({ paths })).toThrow(new Error(message));
  });
});
