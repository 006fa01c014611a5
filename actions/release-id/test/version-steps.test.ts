import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';
import { mergedPullRequests } from '../src/version/merged-pull-requests.ts';
import { type Level, lastPreRelease, nextPreRelease, nextRelease } from '../src/version/next-version.ts';
import { versionTags } from '../src/version/version-tags.ts';

const number = fc.integer({ min: 0, max: 30 });
const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
const level = fc.constantFrom<Level>('major', 'minor', 'patch');
const tags = (...names: string[]) =>
  versionTags(
    names.map((name) => ({ name, commit: 'c' })),
    '',
  );

function base(name: string) {
  const [tag] = tags(name);
  if (tag === undefined) throw new Error(`${name} is no version.`);
  return tag;
}

test('the next release is valid and higher, and its pre-releases are between', () => {
  fc.assert(
    fc.property(version, level, fc.integer({ min: 1, max: 20 }), (from, step, count) => {
      const release = nextRelease(base(from), step);
      const made: string[] = [];
      for (let index = 0; index < count; index += 1) {
        made.push(nextPreRelease(release, 'rc', lastPreRelease(tags(...made), release, 'rc')));
      }
      const all = [from, ...made, release];
      expect(all.map((one) => valid(one))).toEqual(all);
      expect(all.toSorted(compare)).toEqual(all);
    }),
  );
});

test('what a tag is called comes back as its version, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5 }), version, fc.string({ maxLength: 5 }), (prefix, text, more) => {
      const name = `${prefix}${text}${more}`;
      const [tag] = versionTags([{ name, commit: 'c' }], prefix);
      expect(tag?.version.raw).toBe(
        valid(`${text}${more}`) === null || /\s/.test(more) ? undefined : `${text}${more}`,
      );
    }),
  );
});

describe('the pull request of a commit', () => {
  const commit = (sha: string, message: string, ...parents: string[]) => ({
    sha,
    message,
    date: '',
    parents,
  });
  test('is the one whose merge brought it first', () => {
    const range = [
      commit('a', 'one', 'base'),
      commit('b', 'two', 'a'),
      commit('m', 'Merge pull request #1 from acme/x', 'base', 'b'),
      commit('c', 'three', 'b'),
      commit('n', "Merge branch 'main' into y", 'c', 'm'),
      commit('d', 'on main', 'm'),
      commit('o', 'Merge pull request #2 from acme/y', 'd', 'n'),
      commit('e', 'four', 'base'),
      commit('p', "Merge branch 'z'", 'o', 'e'),
    ];
    expect([...mergedPullRequests(range, 'p')].sort()).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 2],
      ['n', 2],
    ]);
  });
});
