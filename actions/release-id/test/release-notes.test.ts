import { describe, expect, test } from '@jest/globals';
import { type NotesRequest, releaseNotes } from '../src/version/index.ts';
import { notes, parsed, repositoryUrl, sha } from './release-notes-stage.ts';

/** The one entry of notes about one commit, without its bullet and its commit link. */
function entry(message: string, more: Partial<NotesRequest> = {}): string {
  const line = notes([message], more)
    .split('\n')
    .find((one) => one.startsWith('- '));
  return line?.slice(2).replace(` ([0000000](${repositoryUrl}/commit/${sha(1)}))`, '') ?? '';
}

const pull = (number: number) => `[#${number}](${repositoryUrl}/pull/${number})`;
const issue = (number: number) => `[#${number}](${repositoryUrl}/issues/${number})`;
const ticket = (key: string) => `[${key}](https://acme.atlassian.net/browse/${key})`;

test('groups in their order, the newest first in each, upkeep left out', () => {
  const text = notes([
    'chore: tidy',
    'fix: a (#1)',
    'Just words',
    'feat(web): b (#2)',
    'perf: c',
    'deps: d',
    'feat!: e\n\nBREAKING CHANGE: the old way is gone',
    'fix(api)!: f',
    'revert: g',
    'wip: h',
    'Merge pull request #7 from acme/x\n\nfeat: i',
    "Merge branch 'main' into x",
  ]);
  const at = (number: number) => `([0000000](${repositoryUrl}/commit/${sha(number)}))`;
  expect(text).toBe(`### Breaking changes

- **api:** f ${at(8)}
- the old way is gone ${at(7)}

### Features

- e ${at(7)}
- **web:** b (${pull(2)}) ${at(4)}

### Fixes

- a (${pull(1)}) ${at(2)}

### Performance

- c ${at(5)}

### Reverts

- g ${at(9)}

### Dependencies

- d ${at(6)}

### Other changes

- h ${at(10)}
- Just words ${at(3)}

[All changes since \`v1.2.3\`](${repositoryUrl}/compare/v1.2.3...${sha(0xabc)})
`);
});

describe('an entry', () => {
  test.each([
    ['fix: a', 'a'],
    ['fix: a (#12)', `a (${pull(12)})`],
    ['fix: a (#12)\n\nCloses #3, fixes #4', `a (${pull(12)}), closes ${issue(3)}, ${issue(4)}`],
    ['fix: a\n\nSee #3', 'a'],
    ['fix: as in #5 (#12)', `as in ${issue(5)} (${pull(12)})`],
    ['fix: closes #5', `closes ${issue(5)}`],
    [
      'fix: a\n\nFixes other/thing_x#9',
      'a, closes [other/thing\\_x#9](https://github.com/other/thing_x/issues/9)',
    ],
    ['fix: ABC-12 broke', `${ticket('ABC-12')} broke`],
    ['fix(ABC-12): broke', `**${ticket('ABC-12')}:** broke`],
    ['fix: broke\n\nRefs: ABC-12, SHOP-3', `broke, ${ticket('ABC-12')}, ${ticket('SHOP-3')}`],
    ['fix: UTF-8 and SHA-256 of CVE-2024-1234 and x-ABC-1', 'UTF-8 and SHA-256 of CVE-2024-1234 and x-ABC-1'],
    ['fix: `a<b>` of snake_case', '`a<b>` of snake\\_case'],
  ])('of %j', (message, expected) => {
    expect(entry(message)).toBe(expected);
  });

  test('without a template has keys of tickets as text', () => {
    expect(entry('fix: ABC-12 broke\n\nRefs: ABC-13', { ticketUrl: undefined })).toBe('ABC-12 broke');
  });

  test('has the pull request it was merged with, unless it names one itself', () => {
    const merged = (text: string) => {
      const commits = parsed([text]).map((commit) => ({ ...commit, pullRequest: 12 }));
      return releaseNotes({ commits, sha: sha(2), repositoryUrl });
    };
    expect(merged('fix: a')).toContain(`- a (${pull(12)}) (`);
    expect(merged('fix: a (#4)')).toContain(`- a (${pull(4)}) (`);
  });

  test('links to the server it is on', () => {
    const there = { repositoryUrl: 'https://ghes.example.com/acme/shop' };
    expect(notes(['fix: a (#12)\n\nCloses x/y#3'], there)).toContain('https://ghes.example.com/x/y/issues/3');
  });
});

test('nothing to say is said', () => {
  const all = `(${repositoryUrl}/compare/v1.2.3...${sha(0xabc)})`;
  expect(notes([])).toBe('No changes since the last version.\n');
  expect(notes([], { previous: undefined })).toBe('The first version.\n');
  expect(notes(['chore: a'])).toBe(
    `Upkeep only, nothing that users would notice. [All changes since \`v1.2.3\`]${all}\n`,
  );
});

test('a prefix of the tag is safe in the link', () => {
  expect(notes(['fix: a'], { previous: { tag: 'apps/a (b)-v1' } })).toContain(
    `${repositoryUrl}/compare/apps/a%20%28b%29-v1...`,
  );
});

test('long notes end with how many more there are', () => {
  const text = notes(Array.from({ length: 3000 }, (_, index) => `fix: ${'word '.repeat(20)}${index}`));
  expect(text.length).toBeLessThanOrEqual(100_000);
  expect(text.length).toBeGreaterThan(98_000);
  const shown = text.split('\n').filter((line) => line.startsWith('- ')).length;
  expect(text).toContain(`\n\n… and ${3000 - shown} more. [All changes since \`v1.2.3\`](`);
});

test('long notes fit a variable of a later step, whatever the script', () => {
  const text = notes(Array.from({ length: 3000 }, (_, index) => `fix: ${'変更'.repeat(20)}${index}`));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000);
  expect(Buffer.byteLength(text)).toBeGreaterThan(98_000);
});
