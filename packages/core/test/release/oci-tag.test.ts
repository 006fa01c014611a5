import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foreignCharacter, isOciTag, toTagText } from '../../src/release/index.ts';

describe('an image tag', () => {
  test.each([
    ['v1.0.42-abc1234', true],
    ['_', true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['', false],
    ['.a', false],
    ['-a', false],
    ['a/b', false],
    ['a+b', false],
    ['a\n', false],
    ['é', false],
  ])('%j: %j', (text, valid) => {
    expect(isOciTag(text)).toBe(valid);
  });

  test('names the character that it may not hold', () => {
    expect(foreignCharacter('v1.0_a-b')).toBeUndefined();
    expect(foreignCharacter('v1/é')).toBe('/');
    expect(foreignCharacter('a😀')).toBe('😀');
  });

  test('can hold any name after it was made safe', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        expect(foreignCharacter(toTagText(name))).toBeUndefined();
        expect(toTagText(toTagText(name))).toBe(toTagText(name));
        expect(toTagText(name)).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
