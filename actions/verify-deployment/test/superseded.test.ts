import { parseImageReference } from '@gitops-actions/core/image';
import { describe, expect, test } from '@jest/globals';
import type { ControlledOptions } from '../src/controlled.ts';
import type { Judgement } from '../src/engine.ts';
import { rememberedReplacements } from '../src/remembered-replacements.ts';
import { withReplaced } from '../src/replaced-part.ts';
import type { Replacement } from '../src/replacement.ts';
import { judgeTogether, type Part } from '../src/together.ts';

const [COMMIT, LATER] = ['a'.repeat(40), 'b'.repeat(40)];
const { signal } = new AbortController();
const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

const image = (text: string) => {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(text);
  return reference;
};
const replacement = (from: string, to: string, isNewer = true): Replacement => ({
  ...{ image: image(from), by: image(to), where: 'commit abc1234', isNewer },
});
const part = (images: readonly string[], judgement: Judgement = { kind: 'healthy' }): Part => ({
  subject: { where: 'Application web', state: 'Synced', judgement, revision: '' },
  ...{ isWorkload: true, images, isNamed: true, replaced: [] },
});
const BACK = replacement('web:v1', 'web:v0', false);
const BROKEN: Judgement = { kind: 'broken', what: 'the sync failed', isFinal: true };

describe('what surely took the place of an image in a part', () => {
  const found = [replacement('web:v1', 'web:v2')];
  const options = (replacements: readonly Replacement[]): ControlledOptions =>
    ({
      commit: COMMIT,
      images: [image('web:v1')],
      replacements: async () => replacements,
    }) as unknown as ControlledOptions;
  const seen = async (one: Part, revision = LATER, replacements: readonly Replacement[] = found) => {
    const carried = revision === '' ? undefined : { revision, paths: ['web'] };
    const { replaced, subject } = await withReplaced(one, carried, options(replacements), signal);
    return [replaced.length, subject.overtaken !== undefined];
  };

  test.each<[string, Part, string, readonly Replacement[], readonly [number, boolean]]>([
    ['it runs', part(['web:v2']), LATER, found, [1, false]],
    ['it runs beside ours', part(['web:v1', 'web:v2']), LATER, found, [1, false]],
    ['it stands in files alone', part(['web:v1']), LATER, found, [0, false]],
    ['the release before still runs', part(['web:v0']), LATER, found, [0, false]],
    ['it runs, and stands in no file: an image updater, or a hand', part(['web:v2']), LATER, [], [0, false]],
    ['the controller is at our commit', part(['web:v2']), COMMIT, found, [0, false]],
    ['the controller is at none yet', part(['web:v2']), '', found, [0, false]],
    ['it was tried and is broken, while ours runs', part(['web:v1'], BROKEN), LATER, found, [0, true]],
    ['it runs and is broken', part(['web:v2'], BROKEN), LATER, found, [1, true]],
    ['it runs, and an older one is to come', part(['web:v2']), LATER, [...found, BACK], [0, false]],
    ['an older one runs too', part(['web:v2', 'web:v0']), LATER, [...found, BACK], [2, false]],
    ['ours is broken', part(['web:v1'], BROKEN), LATER, [], [0, false]],
  ])('%s', async (_name, one, revision, replacements, expected) => {
    expect(await seen(one, revision, replacements)).toEqual(expected);
  });
});

describe('what that makes of the release', () => {
  const judge = (expected: readonly string[], ...parts: readonly Part[]) =>
    judgeTogether(parts, expected.map(image)).map(({ judgement, overtaken }) => [
      judgement.kind === 'healthy' ? 'healthy' : judgement.what,
      overtaken ?? '',
    ]);
  const web = replacement('web:v1', 'web:v2');
  const said = 'web:v2 took the place of web:v1 in commit abc1234';

  test('all of it was replaced: superseded, however what took its place fares', () => {
    for (const judgement of [{ kind: 'healthy' }, BROKEN, { kind: 'waiting', what: 'x' }] as const)
      expect(judge(['web:v1'], { ...part(['web:v2'], judgement), replaced: [web] })).toEqual([
        [`superseded: ${said}`, ''],
      ]);
  });

  test('a part of it was replaced: the rest is waited for', () => {
    const replaced = [web];
    const expected = ['web:v1', 'api:v1'];
    expect(judge(expected, { ...part(['web:v2', 'api:v0']), replaced })).toEqual([
      ['Synced, but it still runs api:v0', said],
    ]);
    expect(judge(expected, { ...part(['web:v2']), replaced }, part(['api:v1']))).toEqual([
      ['healthy', said],
      ['healthy', said],
    ]);
  });

  test('in one of two Applications: the other is still judged by it, and has no blame', () => {
    const eu = { ...part(['web:v2']), replaced: [web] };
    const judged = (us: Part) => judge(['web:v1'], eu, us)[1];
    const there = [`superseded: ${said}`, ''];
    expect(judge(['web:v1'], eu, part(['web:v1']))).toEqual([there, ['healthy', said]]);
    expect(judged(part(['web:v0']))).toEqual(['Synced, but it still runs web:v0', said]);
    expect(judged(part(['web:v1'], BROKEN))).toEqual(['the sync failed', said]);
    expect(judged(part([], BROKEN))).toEqual(['the sync failed', said]);
    expect(judged({ ...part(['web:v2']), replaced: [web] })).toEqual(there);
  });

  test('what only brings others, or is brought from elsewhere, holds up nothing', () => {
    const eu = { ...part(['web:v2']), replaced: [web] };
    const root = { ...part([], BROKEN), isWorkload: false };
    const elsewhere = { ...part(['nginx:1'], BROKEN), isNamed: false };
    expect(judge(['web:v1'], eu, root, elsewhere).map(([what]) => what)).toEqual(
      new Array(3).fill(`superseded: ${said}`),
    );
    const same = { ...part(['web:v1'], BROKEN), isNamed: false };
    expect(judge(['web:v1'], eu, same)[1]).toEqual(['the sync failed', said]);
  });

  test('what is no newer release supersedes nothing, and waiting cannot help', () => {
    const replaced = [replacement('web:v1', 'web:v0', false)];
    expect(judge(['web:v1'], { ...part(['web:v0']), replaced })).toEqual([
      ['web:v0 took the place of web:v1 in commit abc1234, and is not known to be a newer release', ''],
    ]);
  });
});

test('asked once for each revision; one that failed is asked again after a while, and says nothing till then', async () => {
  let [time, asked] = [0, 0];
  const found = [replacement('web:v1', 'web:v2')];
  const ask = rememberedReplacements(
    async ({ revision }) => {
      asked++;
      if (revision === LATER && asked < 3) throw new Error('away');
      return found;
    },
    log,
    () => time,
  );
  const at = async (moment: number, revision: string) => {
    time = moment;
    return [(await ask({ revision, paths: ['web'] }, signal)).length, asked];
  };
  expect(await at(0, COMMIT)).toEqual([1, 1]);
  expect(await at(99_000, COMMIT)).toEqual([1, 1]);
  expect(await at(100_000, LATER)).toEqual([0, 2]);
  expect(await at(129_999, LATER)).toEqual([0, 2]);
  expect(await at(130_000, LATER)).toEqual([1, 3]);
  expect(await at(990_000, LATER)).toEqual([1, 3]);
});
