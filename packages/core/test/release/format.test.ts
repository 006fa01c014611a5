import { describe, expect, test } from '@jest/globals';
import { parseFormat, placeholdersIn, renderFormat, textsIn } from '../../src/release/index.ts';

describe('a format', () => {
  test.each([
    ['v1.0.{{run_number}}-{{sha}}', ['run_number', 'sha'], ['v1.0.', '-']],
    ['{{ sha }}', ['sha'], []],
    ['{{sha}}{{sha}}', ['sha', 'sha'], []],
    ["{{date 'YYYY'}}", ["date 'YYYY'"], []],
    ['{{}}', [''], []],
    ['plain', [], ['plain']],
    ['', [], []],
    ['{{sha', [], ['{{sha']],
    ['{{a{{sha}}', ['sha'], ['{{a']],
    ['{{{sha}}}', ['sha'], ['{', '}']],
  ])('%j has its placeholders and texts', (written, placeholders, texts) => {
    const format = parseFormat(written);
    expect(placeholdersIn(format)).toEqual(placeholders);
    expect(textsIn(format)).toEqual(texts);
  });

  test('is rendered once: a value with braces stays text', () => {
    const format = parseFormat('{{branch}}-{{sha}}');
    expect(renderFormat(format, (name) => (name === 'branch' ? '{{sha}}' : 'abc1234'))).toBe(
      '{{sha}}-abc1234',
    );
  });
});
