import { expect, test } from '@jest/globals';
import type { Subject } from '../src/engine.ts';
import type { Live } from '../src/workload-judge.ts';
import { WorkloadMemory } from '../src/workload-memory.ts';

const live = (kind: string, generation = 1, uid = 'a'): Live => ({
  ...{ apiVersion: 'v1', kind },
  metadata: { name: 'one', uid, generation },
});
const subject = (kind: 'healthy' | 'waiting'): Subject => ({
  where: 'one',
  state: kind,
  judgement: kind === 'healthy' ? { kind } : { kind, what: 'not there yet' },
  revision: '',
});

/** A memory, and what moves its clock. */
function memoryAt() {
  let time = 0;
  const memory = new WorkloadMemory(() => time, 60_000);
  const stuckAt = (moment: number, object: Live, stuck: string | undefined = 'CrashLoopBackOff') => {
    time = moment;
    return memory.weigh(object, subject('waiting'), stuck).judgement.kind;
  };
  const goneAt = (moment: number) => {
    time = moment;
    return memory.gone([]).map(({ judgement }) => judgement.kind);
  };
  return { memory, stuckAt, goneAt };
}

test('a pod that is stuck is broken after a minute and three looks of the same spec', () => {
  const { stuckAt } = memoryAt();
  const object = live('StatefulSet');
  expect([0, 59_000, 59_999, 60_000].map((moment) => stuckAt(moment, object))).toEqual([
    ...['waiting', 'waiting', 'waiting', 'broken'],
  ]);
});

test('two looks are not enough, however far apart', () => {
  const { stuckAt } = memoryAt();
  const object = live('StatefulSet');
  expect([0, 900_000, 900_001].map((moment) => stuckAt(moment, object))).toEqual([
    'waiting',
    'waiting',
    'broken',
  ]);
});

test('a look without a stuck pod, a new spec and a new object each begin anew', () => {
  for (const between of [
    { object: live('StatefulSet'), stuck: undefined },
    { object: live('StatefulSet', 2), stuck: 'CrashLoopBackOff' },
    { object: live('StatefulSet', 1, 'b'), stuck: 'CrashLoopBackOff' },
  ]) {
    const { memory, stuckAt } = memoryAt();
    for (const moment of [0, 20_000]) stuckAt(moment, live('StatefulSet'));
    memory.weigh(between.object, subject('waiting'), between.stuck);
    expect(stuckAt(61_000, between.object)).toBe('waiting');
  }
});

test('what is gone is waited for a moment, and then unknown; a Job that was complete stays so', () => {
  const { memory, goneAt } = memoryAt();
  memory.weigh(live('Deployment'), subject('healthy'), undefined);
  memory.weigh(live('Job'), subject('healthy'), undefined);
  expect([goneAt(1000), goneAt(5999), goneAt(6000)]).toEqual([
    ['waiting', 'healthy'],
    ['waiting', 'healthy'],
    ['unknown', 'healthy'],
  ]);
  expect(memory.completed([])).toEqual([live('Job')]);
  expect(memory.completed([live('Job')])).toEqual([]);
});
