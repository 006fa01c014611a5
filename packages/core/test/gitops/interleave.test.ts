import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { interleave } from '../../src/gitops/api/interleave.ts';

const node = (oid: string, second: number) => ({
  oid,
  committedDate: new Date(second * 1000).toISOString().replace('.000Z', 'Z'),
});
const ids = (nodes: readonly { readonly oid: string }[]) => nodes.map(({ oid }) => oid);

describe('histories of several paths', () => {
  test('one list stays as it is', () => {
    expect(ids(interleave([[node('a', 1), node('b', 2)]], []))).toEqual(['a', 'b']);
    expect(interleave([], [])).toEqual([]);
  });

  test('commits of one second: the branch decides', () => {
    const [a, b, c] = [node('a', 1), node('b', 1), node('c', 1)];
    expect(ids(interleave([[a, c], [b]], [a, b, c]))).toEqual(['a', 'b', 'c']);
    expect(ids(interleave([[b], [a, c]], [a, b, c]))).toEqual(['a', 'b', 'c']);
  });

  test('where the branch does not reach: the dates, but never against a list', () => {
    const [a, b, c] = [node('a', 9), node('b', 1), node('c', 5)];
    expect(ids(interleave([[a, b], [c]], []))).toEqual(['a', 'c', 'b']);
    expect(ids(interleave([[b, c], [c]], []))).toEqual(['b', 'c']);
  });

  test("each commit once, every list in its own order, the branch's order as far as it is known", () => {
    const branch = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(3)), { maxLength: 30 });
    fc.assert(
      fc.property(branch, fc.nat(30), (commits, reach) => {
        let second = 1000;
        const all = commits.map(([paths, pause], index) => {
          second -= pause;
          return { ...node(String(index), second), paths };
        });
        const lists = [1, 2].map((path) => all.filter(({ paths }) => (paths & path) !== 0));
        const merged = interleave(lists, all.slice(0, reach));
        expect(ids(merged).toSorted()).toEqual(ids(all).toSorted());
        for (const list of lists)
          expect(ids(merged).filter((oid) => list.some((one) => one.oid === oid))).toEqual(ids(list));
        expect(ids(merged).slice(0, reach)).toEqual(ids(all).slice(0, reach));
        const dates = merged.map(({ committedDate }) => committedDate);
        expect(dates).toEqual(dates.toSorted().reverse());
      }),
    );
  });
});
