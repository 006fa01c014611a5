import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Judgement, Subject } from '../src/engine.ts';
import { Sightings } from '../src/sightings.ts';

const subject = (judgement: Judgement, name = 'web'): Subject => ({
  where: `Application ${name}`,
  state: 'seen',
  judgement,
  revision: '',
});
const healthy: Judgement = { kind: 'healthy' };
const unsure: Judgement = { kind: 'healthy', isSure: false };
const waiting: Judgement = { kind: 'waiting', what: 'it starts' };
const broken = (isFinal: boolean): Judgement => ({ kind: 'broken', what: 'it is Degraded', isFinal });

describe('what looks amount to', () => {
  let time: number;
  let sightings: Sightings;
  beforeEach(() => {
    time = 0;
    sightings = new Sightings(() => time);
  });
  const weigh = (at: number, ...judgements: readonly Judgement[]) => {
    time = at;
    return sightings.weigh(judgements.map((judgement, index) => subject(judgement, `app-${index}`)))?.verdict;
  };

  test('healthy only when all are, in one and the same look', () => {
    expect(weigh(0, healthy, waiting)).toBeUndefined();
    expect(weigh(1, waiting, healthy)).toBeUndefined();
    expect(weigh(2, healthy, healthy)).toBe('healthy');
  });

  test('where only time tells, three looks over five seconds, in a row', () => {
    expect(weigh(0, healthy, unsure)).toBeUndefined();
    expect(sightings.isUnsettled).toBe(true);
    expect(weigh(4000, healthy, unsure)).toBeUndefined();
    expect(weigh(5000, healthy, waiting)).toBeUndefined();
    expect(weigh(6000, healthy, unsure)).toBeUndefined();
    expect(weigh(10_000, healthy, unsure)).toBeUndefined();
    expect(weigh(11_000, healthy, unsure)).toBe('healthy');
  });

  test('broken for good counts at once, whatever the others are', () => {
    expect(weigh(0, healthy, waiting, broken(true))).toBe('degraded');
  });

  test('what may pass counts when the same subject is seen so three times over three seconds', () => {
    expect(weigh(0, broken(false), healthy)).toBeUndefined();
    expect(weigh(1500, broken(false), healthy)).toBeUndefined();
    expect(weigh(2000, healthy, broken(false))).toBeUndefined();
    expect(weigh(2500, broken(false), healthy)).toBeUndefined();
    expect(weigh(3500, broken(false), healthy)).toBeUndefined();
    expect(weigh(5499, broken(false), healthy)).toBeUndefined();
    expect(weigh(5500, broken(false), healthy)).toBe('degraded');
  });

  test('what has longer to pass counts after that', () => {
    const slow: Judgement = { kind: 'broken', what: 'it is Degraded', isFinal: false, holdsFor: 60_000 };
    expect([0, 30_000, 59_999].map((at) => weigh(at, slow))).toEqual([undefined, undefined, undefined]);
    expect(weigh(60_000, slow)).toBe('degraded');
  });

  test('nobody looked: that is all that is said', () => {
    expect(sightings.timedOut('the cluster did not answer within 5s').message).toBe(
      'The cluster did not answer within 5s.',
    );
  });

  test('what waiting cannot help is unknown, unless something is broken for good', () => {
    const stopped: Judgement = { kind: 'unknown', what: 'it is suspended' };
    expect(weigh(0, broken(true), stopped)).toBe('degraded');
    sightings = new Sightings(() => time);
    expect(weigh(0, broken(false), stopped)).toBe('unknown');
  });

  test('superseded once nothing else is to be seen', () => {
    const gone: Judgement = { kind: 'superseded', what: 'superseded: v2 took the place of v1' };
    const superseded = {
      verdict: 'unknown',
      superseded: true,
      message: 'Superseded: v2 took the place of v1.',
    };
    expect(sightings.weigh([subject(waiting), subject(gone, 'api')])).toBeUndefined();
    expect(sightings.weigh([subject(healthy), subject(gone, 'api')])).toMatchObject(superseded);
    expect(sightings.weigh([subject(gone), subject(gone, 'api')])).toMatchObject(superseded);
    expect(weigh(0, gone, { kind: 'unknown', what: 'it is suspended' })).toBe('unknown');
  });

  test('of what is superseded in part nothing is healthy or degraded', () => {
    const overtaken = 'api:v2 took the place of api:v1 in commit abc1234';
    const half = (judgement: Judgement) => sightings.weigh([{ ...subject(judgement), overtaken }]);
    expect(half(waiting)).toBeUndefined();
    expect(half(broken(true))).toMatchObject({
      ...{ verdict: 'unknown', superseded: false },
      message: `The Application web: it is Degraded; whether that is this release's fault is not known, for ${overtaken}.`,
    });
    expect(half(healthy)).toMatchObject({
      ...{ verdict: 'unknown', superseded: true },
      message: `Superseded: ${overtaken}; the rest of the release is healthy.`,
    });
    for (const at of [0, 3000, 4999]) {
      time = at;
      expect(half(unsure)).toBeUndefined();
    }
  });

  test('nothing to look at is unknown after half a minute, never healthy', () => {
    expect(weigh(0)).toBeUndefined();
    expect(weigh(15_000)).toBeUndefined();
    expect(weigh(30_000)).toBe('unknown');
  });

  test('the time is over: who is not healthy, and what the cluster said last', () => {
    const message = () => sightings.timedOut('not healthy after 10m').message;
    weigh(0, healthy, waiting);
    expect(message()).toBe('The Application app-1 was not healthy after 10m: it starts.');
    weigh(1, ...Array.from({ length: 5 }, () => waiting));
    expect(message()).toBe(
      '5 of 5 were not healthy after 10m: Application app-0: it starts; Application app-1: it starts; Application app-2: it starts; and 2 more.',
    );
    weigh(2, unsure);
    expect(message()).toBe('Not healthy after 10m: all healthy, but only just.');
    weigh(3);
    expect(message()).toBe('Not healthy after 10m: no workload found.');
    sightings.awayFor('The cluster does not answer.');
    expect(message()).toBe('Not healthy after 10m: The cluster does not answer.');
  });

  test('how long the cluster has been away, since it answered last', () => {
    time = 5;
    expect(sightings.awayFor('away')).toBe(0);
    time = 65;
    expect(sightings.awayFor('away')).toBe(60);
    expect(sightings.isBegun).toBe(false);
    weigh(70, waiting);
    expect(sightings.isBegun).toBe(true);
    expect(sightings.awayFor('away')).toBe(0);
  });
});
