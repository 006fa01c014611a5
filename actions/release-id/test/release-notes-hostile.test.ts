import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { notes, repositoryUrl } from './release-notes-stage.ts';

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '![x](https://evil.example/x.png)',
  '[click](https://evil.example)',
  '[click]: https://evil.example',
  'https://evil.example/a and www.evil.example',
  '@acme/everyone and @octocat',
  '`code` <script>alert(1)</script> `more`',
  '``` fence',
  '~~~ fence',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  '---',
  '===',
  '| a | b |',
  '&lt;b&gt; &#64;octocat',
  '$\\href{https://evil.example}{x}$',
  '<!-- hidden',
  'a\u2028## b\u202egnp',
  'a\r- b',
  '`unclosed <b>',
  '\\`<b>x</b>`',
  'mail@evil.example mailto:mail@evil.example',
  'evil/repo#1',
  '**bold** _it_ ~~gone~~ :tada:',
];

/** What a reader's browser gets; only links of ours may be in it. */
function rendered(markdown: string): { tags: string[]; links: string[]; plain: string } {
  const html = marked.parse(markdown, { gfm: true, async: false });
  return {
    tags: [...new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name = '']) => name))].sort(),
    links: [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address),
    // Where GitHub looks for mentions.
    plain: html.replace(/<code>.*?<\/code>/gs, ''),
  };
}

describe('text from outside stays text', () => {
  const ours = (address: string) =>
    address.startsWith(`${repositoryUrl}/`) || address.startsWith('https://acme.atlassian.net/browse/');
  const check = (message: string) => {
    const text = notes([message]);
    const { tags, links, plain } = rendered(text);
    const known = ['a', 'code', 'h3', 'li', 'p', 'strong', 'ul'];
    expect([message, tags.filter((tag) => !known.includes(tag))]).toEqual([message, []]);
    expect(links.filter((address) => !ours(address))).toEqual([]);
    expect(plain).not.toMatch(/@\w/);
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1);
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(1);
  };
  test.each(HOSTILE)('subject %j', (subject) => {
    check(`fix: ${subject}`);
    check(`fix(${subject.replace(/[()\r\u2028]/g, '')}): x`);
    check(`no convention ${subject}`);
    check(`fix: a\n\nBREAKING CHANGE: ${subject}`.replace('fix: a', 'chore: a'));
    check(subject);
  });

  test('any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('`', ' ', '\\', '@'),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        check(`fix: x ${pieces.join('').replace(/[\r\n]/g, ' ')}`);
      }),
      { numRuns: 500 },
    );
  });

  test('what is escaped reads as it was written', () => {
    const html = marked.parse(notes(['fix: 1. <b> & *a* [x] #y |']), { async: false });
    expect(html).toContain('<li>1. &lt;b&gt; &amp; *a* [x] #y | (<a ');
  });
});
