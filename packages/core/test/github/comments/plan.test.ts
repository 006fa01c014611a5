import { expect, test } from '@jest/globals';
import { type Parts, sectionKey, TITLE } from '../../../src/github/comments/body.ts';
import { planWrite, type SectionWrite } from '../../../src/github/comments/plan.ts';

const write: SectionWrite = {
  mode: 'upsert',
  id: 'x',
  section: 'web',
  text: 'ready',
  title: '',
  run: { run: 20, attempt: 2 },
  order: 'run',
};
const there = (text: string, run: number, attempt = 1, sequence = 1): Parts =>
  new Map([[sectionKey('web'), { text, revision: { run, attempt, sequence } }]]);

test.each([
  ['nothing there', new Map(), {}, 'write', 'ready 20.2.1'],
  ['an older run', there('deploying', 19, 9), {}, 'write', 'ready 20.2.1'],
  ['an older attempt', there('deploying', 20, 1, 4), {}, 'write', 'ready 20.2.1'],
  ['the same text of an older run', there('ready', 19), {}, 'write', 'ready 20.2.1'],
  ['the same run', there('deploying', 20, 2, 3), {}, 'write', 'ready 20.2.4'],
  ['the same run and text', there('ready', 20, 2, 3), {}, 'unchanged', 'ready 20.2.3'],
  ['a newer run', there('newer', 21), {}, 'superseded', 'newer 21.1.1'],
  ['a newer attempt', there('newer', 20, 3), {}, 'superseded', 'newer 20.3.1'],
  ['a newer run, any order', there('newer', 21), { order: 'none' }, 'write', 'ready 21.1.2'],
  [
    'a newer run with the same text, any order',
    there('ready', 21),
    { order: 'none' },
    'unchanged',
    'ready 21.1.1',
  ],
] as const)('%s', (_name, before, changes, decision, expected) => {
  const plan = planWrite(before, { ...write, ...changes });
  const part = plan.parts.get(sectionKey('web'));
  expect(plan.decision).toBe(decision);
  expect(`${part?.text} ${Object.values(part?.revision ?? {}).join('.')}`).toBe(expected);
});

test('a title is one line without HTML; a new one is a change, none leaves the one that is there', () => {
  const titled = planWrite(there('ready', 20, 2), { ...write, title: 'Previews <b>\n of @all' });
  expect(titled.decision).toBe('write');
  expect(titled.parts.get(TITLE)?.text).toBe('## Previews &lt;b> of @all');
  const untitled = planWrite(titled.parts, write);
  expect(untitled.decision).toBe('unchanged');
  expect(untitled.parts.get(TITLE)).toEqual(titled.parts.get(TITLE));
});

test('the title of a newer run stays while an older run writes its own section', () => {
  const before = new Map(there('ready', 19)).set(TITLE, {
    text: '## Newer',
    revision: { run: 30, attempt: 1, sequence: 1 },
  });
  const plan = planWrite(before, { ...write, title: 'Older' });
  expect(plan.decision).toBe('write');
  expect(plan.parts.get(TITLE)?.text).toBe('## Newer');
});
