import { expect, test } from '@jest/globals';
import { sectionKey } from '../../../src/github/comments/body.ts';
import { lostSections, type Race, race } from './model.ts';

const sections = (count: number) => Array.from({ length: count }, (_, index) => ({ section: `s${index}` }));

test.each<[string, number, Omit<Race, 'seed'>]>([
  ['3 writers on an empty pull request', 1000, { writes: sections(3) }],
  ['6 writers on an empty pull request', 300, { writes: sections(6) }],
  ['3 writers, 2 sections there', 1000, { writes: sections(3), existing: ['old', 'older'] }],
  ['6 writers, 1 section there', 300, { writes: sections(6), existing: ['old'] }],
  ['a history that is read after the write', 300, { writes: sections(4), store: { readsHistoryLate: true } }],
  ['a history in pages of 2', 300, { writes: sections(5), existing: ['old'], store: { page: 2 } }],
  ['answers that are lost', 300, { writes: sections(3), losses: 0.1 }],
])('nothing is lost: %s', async (_name, trials, options) => {
  for (let seed = 1; seed <= trials; seed += 1) {
    const raced = await race({ ...options, seed }).catch((error: Error) => {
      if (options.losses === undefined) throw error;
    });
    if (raced === undefined) continue;
    const expected = [...options.writes.map(({ section = '' }) => section), ...(options.existing ?? [])];
    const found = [...raced.parts.keys()].sort();
    expect({ seed, found }).toEqual({ seed, found: expected.map(sectionKey).sort() });
    expect({ seed, comments: raced.conversation.kept.length }).toEqual({ seed, comments: 1 });
  }
});

test('what finished is kept when writers are killed between their read and their write', async () => {
  const options = { writes: sections(5), existing: ['old'], kills: 0.2, killsBeforeWriteOnly: true };
  for (let seed = 1; seed <= 600; seed += 1) {
    const raced = await race({ ...options, seed });
    expect({ seed, lost: lostSections(raced, options.writes) }).toEqual({ seed, lost: [] });
    expect(raced.parts.has(sectionKey('old'))).toBe(true);
  }
});

test.each([
  ['an empty pull request', []],
  ['a comment', ['old']],
])(
  'what a writer that was killed at any step leaves on %s is healed by the next one',
  async (_name, existing) => {
    const options = { writes: sections(4), existing, kills: 0.05, next: { section: 'next' } };
    for (let seed = 1; seed <= 600; seed += 1) {
      const raced = await race({ ...options, seed });
      expect({ seed, lost: lostSections(raced, options.writes) }).toEqual({ seed, lost: [] });
      expect({ seed, comments: raced.conversation.kept.length }).toEqual({ seed, comments: 1 });
    }
  },
);

test('comments that lists did not show in time are brought together by the next writer', async () => {
  const options = { writes: sections(4), next: { section: 'next' } };
  for (let seed = 1; seed <= 300; seed += 1) {
    const raced = await race({ ...options, seed, lag: 0.5 });
    expect({ seed, lost: lostSections(raced, options.writes) }).toEqual({ seed, lost: [] });
    expect({ seed, comments: raced.conversation.kept.length }).toEqual({ seed, comments: 1 });
  }
});

test('of several runs that write one section, the newest stands', async () => {
  const writes = [3, 1, 4, 2].map((run) => ({
    section: 'web',
    text: `run ${run}`,
    run: { run, attempt: 1 },
  }));
  for (let seed = 1; seed <= 500; seed += 1) {
    const { parts, results } = await race({ seed, writes, existing: ['other'] });
    expect({ seed, text: parts.get(sectionKey('web'))?.text }).toEqual({ seed, text: 'run 4' });
    expect(results[2]?.result).toBe('updated');
  }
});

test('two jobs of one run that write one section agree on one text', async () => {
  const writes = ['a', 'b', 'c'].map((text) => ({ section: 'web', text }));
  for (let seed = 1; seed <= 300; seed += 1) {
    const { parts } = await race({ seed, writes });
    expect(['a', 'b', 'c']).toContain(parts.get(sectionKey('web'))?.text);
  }
});

test('without contention: an update is one write, a create is one write', async () => {
  const updated = await race({ seed: 1, writes: sections(1), existing: ['old'] });
  expect([updated.results[0]?.result, updated.conversation.writes]).toEqual(['updated', 1]);
  const created = await race({ seed: 1, writes: sections(1) });
  expect([created.results[0]?.result, created.conversation.writes]).toEqual(['created', 1]);
});

test('without a history, a writer still sees what was written before it left', async () => {
  const { parts } = await race({
    seed: 7,
    writes: sections(2),
    existing: ['old'],
    store: { hidesHistory: true },
  });
  expect(parts.has(sectionKey('old'))).toBe(true);
});
