import { expect, test } from '@jest/globals';
import { sectionKey } from '../../../src/github/comments/body.ts';
import { type Change, isShown, lostSections, type Race, type Raced, race } from './model.ts';

const sections = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({ section: `s${index}` }));
const by = (run: number) => ({ run, attempt: 1 });

function faultsOf({ conversation, ...raced }: Raced, { writes, existing = [] }: Omit<Race, 'seed'>) {
  const deleted = writes.flatMap(({ mode, section }, index) =>
    mode === 'delete' && section !== undefined && raced.results[index]?.result === 'deleted' ? [section] : [],
  );
  const kept = existing.filter(
    (section) => !writes.some((one) => one.mode === 'delete' && one.section === section),
  );
  return {
    lost: [
      ...lostSections({ conversation, ...raced }, writes),
      ...kept.filter((one) => !isShown(raced.parts, one)),
    ],
    resurrected: deleted.filter((one) => isShown(raced.parts, one)),
    comments: conversation.kept.length,
    retired: conversation.kept.filter(({ texts }) => texts[0]?.includes(':retired ')).length,
  };
}
const NONE = { lost: [], resurrected: [], comments: 1, retired: 0 };

const RACES: readonly [string, number, Omit<Race, 'seed'>][] = [
  [
    '3 recreate beside 3 updates',
    300,
    { writes: [...sections(3), ...recreated(3)], existing: ['old', 'older'] },
  ],
  ['5 recreate on an empty pull request', 150, { writes: recreated(5) }],
  ['3 create beside 3 recreate', 300, { writes: [...sections(3), ...recreated(3)] }],
  [
    'a deletion beside 3 updates',
    300,
    { writes: [...sections(3), removed('old')], existing: ['old', 'older'] },
  ],
  [
    'the last section goes beside 2 updates',
    300,
    { writes: [...sections(2), removed('old')], existing: ['old'] },
  ],
  [
    'all at once',
    400,
    {
      writes: [...sections(2), ...recreated(2), removed('old'), removed('older')],
      existing: ['old', 'older', 'oldest'],
    },
  ],
  [
    'the last ones go beside recreate',
    300,
    { writes: [...recreated(2), removed('old'), removed('older')], existing: ['old', 'older'] },
  ],
  [
    'a history that is read after the write',
    150,
    {
      writes: [...sections(2), ...recreated(2), removed('old')],
      existing: ['old', 'older'],
      store: { readsHistoryLate: true },
    },
  ],
];

test.each(RACES)('nothing is lost and nothing comes back: %s', async (_name, trials, options) => {
  for (let seed = 1; seed <= trials; seed += 1) {
    const faults = faultsOf(await race({ ...options, seed, hasLongPauses: true }), options);
    expect({ seed, ...faults }).toEqual({ seed, ...NONE });
  }
});

test.each(RACES)('nothing is lost, however long a request takes: %s', async (_name, trials, options) => {
  for (let seed = 1; seed <= trials; seed += 1) {
    const { lost } = faultsOf(await race({ ...options, seed }), options);
    expect({ seed, lost }).toEqual({ seed, lost: [] });
  }
});

function recreated(count: number): Change[] {
  return Array.from({ length: count }, (_, index) => ({ mode: 'recreate' as const, section: `r${index}` }));
}

function removed(section: string): Change {
  return { mode: 'delete', section, run: by(100) };
}

test('all is deleted: what was there is gone unless a newer run has written, and what a newer run writes stays', async () => {
  const writes: Change[] = [
    { mode: 'delete', run: by(200) },
    { section: 's0', run: by(300) },
    { mode: 'recreate', section: 's1', run: by(300) },
    { mode: 'recreate', section: 'older run', run: by(100) },
  ];
  for (let seed = 1; seed <= 400; seed += 1) {
    const { parts, results } = await race({ seed, writes, existing: ['a', 'b'], hasLongPauses: true });
    const isDeleted = results[0]?.result === 'deleted';
    expect({ seed, a: isShown(parts, 'a'), b: isShown(parts, 'b') }).toEqual({
      seed,
      a: !isDeleted,
      b: !isDeleted,
    });
    expect({ seed, shown: ['s0', 's1'].filter((section) => isShown(parts, section)) }).toEqual({
      seed,
      shown: ['s0', 's1'],
    });
  }
});

test('an older run moves nothing and deletes nothing of a newer one', async () => {
  const writes: Change[] = [
    { section: 'web', text: 'new', run: by(300) },
    { mode: 'recreate', section: 'web', text: 'old', run: by(200) },
    { mode: 'delete', section: 'web', run: by(250) },
  ];
  for (let seed = 1; seed <= 400; seed += 1) {
    const { parts, conversation } = await race({
      seed,
      writes,
      existing: ['web', 'other'],
      hasLongPauses: true,
    });
    expect({ seed, text: parts.get(sectionKey('web'))?.text }).toEqual({ seed, text: 'new' });
    expect({ seed, comments: conversation.kept.length }).toEqual({ seed, comments: 1 });
  }
});

test('what a writer that was killed at any step leaves is healed by the next one', async () => {
  const writes = [...sections(2), ...recreated(2), removed('old')];
  const options = { writes, existing: ['old', 'older'], kills: 0.05, next: { section: 'next' } };
  for (let seed = 1; seed <= 400; seed += 1) {
    const raced = await race({ ...options, seed, hasLongPauses: true });
    const { lost, comments, retired } = faultsOf(raced, options);
    expect({ seed, lost, comments, retired }).toEqual({ seed, lost: [], comments: 1, retired: 0 });
  }
});

test('without contention: two writes to move, one to delete the last section', async () => {
  const moved = await race({ seed: 1, writes: recreated(1), existing: ['old'] });
  expect([moved.results[0]?.result, moved.conversation.writes]).toEqual(['created', 2]);
  const gone = await race({ seed: 1, writes: [removed('old')], existing: ['old'] });
  expect([gone.results[0]?.result, gone.conversation.writes, gone.conversation.kept]).toEqual([
    'deleted',
    1,
    [],
  ]);
});
