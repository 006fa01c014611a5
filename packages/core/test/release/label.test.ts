import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isOciTag, labelOf } from '../../src/release/index.ts';

/** As apimachinery checks it. https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go */
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const tags = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/);

describe('the label', () => {
  test.each([
    ['v1.0.42-abc1234', 'v1.0.42-abc1234'],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['_v1', 'v1-70a87c26'],
    ['v1-', 'v1-87703cec'],
    ['___', 'bda25155'],
  ])('of %s is %s', (id, label) => {
    expect(labelOf(id)).toBe(label);
  });

  test('of ids that differ after 63 characters differs', () => {
    const long = `pr-42-${'x'.repeat(90)}`;
    expect(labelOf(`${long}-a`)).not.toBe(labelOf(`${long}-b`));
    expect(labelOf(`${long}-a`)).toMatch(/^pr-42-x{48}-[0-9a-f]{8}$/);
  });

  test('of any tag is a valid value of a label', () => {
    fc.assert(
      fc.property(tags, (id) => {
        expect(isOciTag(id)).toBe(true);
        expect(labelOf(id)).toMatch(LABEL_VALUE);
        expect(labelOf(id).length).toBeGreaterThan(0);
        expect(labelOf(id).length).toBeLessThanOrEqual(63);
      }),
      { numRuns: 500 },
    );
  });
});
