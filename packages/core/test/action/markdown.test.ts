import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { code, fence, table, withoutCommands } from '../../src/action/index.ts';

test('a fence is longer than any in the text', () => {
  expect(fence('a\n````\nb', 'diff')).toBe('`````diff\na\n````\nb\n`````');
});

test('no text can end its own fence', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('`', '``', '```', '\n', 'x')), (parts) => {
      const [open = '', ...rest] = fence(parts.join('')).split('\n');
      const closing = rest.filter((line) => line.startsWith(open));
      expect(closing).toEqual([open]);
    }),
  );
});

test.each([
  ['plain', '`plain`'],
  ['a `b` c', '``a `b` c``'],
  ['`x`', '`` `x` ``'],
  ['two\nlines', '`two lines`'],
  ['a|b', '`a\\|b`'],
  ['@team <img src=x>', '`@team <img src=x>`'],
  ['', ''],
])('code of %j', (text, expected) => {
  expect(code(text)).toBe(expected);
});

test('a table, and nothing without rows', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  expect(table(['a'], [])).toBe('');
});

test('printed text cannot become a workflow command', () => {
  expect(withoutCommands('ok\n  ::add-mask::x\n##[error]y')).toBe(
    'ok\n  :\u200B:add-mask::x\n##\u200B[error]y',
  );
});

test('white space as .NET knows it does not hide a command, and a long run of lines takes no time', () => {
  expect(withoutCommands('\u0085 \u0085::error::x')).toBe('\u0085 \u0085:\u200B:error::x');
  const lines = '\n'.repeat(500_000);
  expect(withoutCommands(lines)).toBe(lines);
});

test('a text of very many code spans is fenced', () => {
  expect(fence('`a'.repeat(300_000)).startsWith('```\n')).toBe(true);
});
