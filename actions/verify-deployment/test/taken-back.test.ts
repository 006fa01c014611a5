import { describe, expect, test } from '@jest/globals';
import { TRANSPORTS } from '../../../test/contract/transports.ts';
import { type Commit, entry, FILE, OURS, overlay, released, replacedBy } from './replaced-stage.ts';

const OTHER = 'acme/shop/.github/workflows/redeploy.yml';

describe.each(TRANSPORTS)('what stood there before is no newer release, by $transport', (transport) => {
  const replaced = replacedBy(transport);
  const web = (version: string, message = 'a change'): Commit => [{ [FILE]: overlay(version) }, message];

  test.each<[string, readonly Commit[], number, readonly string[]]>([
    [
      'a downgrade, rolled back',
      [web('v4'), web('v2'), web('v4', released('v4', OURS, 'v2'))],
      1,
      ['taken back by acme/web:v4 in 2'],
    ],
    ['a downgrade, reverted', [web('v4'), web('v2'), web('v4')], 1, ['taken back by acme/web:v4 in 2']],
    [
      'a downgrade of an update that changed nothing, reverted',
      [web('v4'), web('v2'), [{ [FILE]: overlay('v2', entry('api', 'v9')) }], web('v4')],
      2,
      ['taken back by acme/web:v4 in 3'],
    ],
    [
      'a downgrade, and then a newer one',
      [web('v4'), web('v2'), web('v5', released('v5'))],
      1,
      ['superseded by acme/web:v5 in 2'],
    ],
    [
      'an older one, written again by another workflow',
      [web('v1', released('v1')), web('v2', released('v2')), web('v1', released('v1', OTHER))],
      1,
      ['taken back by acme/web:v1 in 2'],
    ],
    [
      'one without an order, released again',
      [web('blue', released('blue')), web('red', released('red')), web('blue', released('blue'))],
      1,
      ['taken back by acme/web:blue in 2'],
    ],
  ])('%s', async (_name, commits, ours, expected) => {
    const was = ours === 1 && commits[1] !== undefined ? commits[1][0][FILE] : overlay('v2');
    const tag = /newTag: (.*)/.exec(was ?? '')?.[1] ?? '';
    expect(await replaced([`acme/web:${tag}`], commits, ours)).toEqual(expected);
  });

  test('in one of two files', async () => {
    const eu = 'apps/web/eu/kustomization.yaml';
    const both = (one: string, other: string): Commit => [{ [FILE]: overlay(one), [eu]: overlay(other) }];
    const found = await replaced(['acme/web:v2'], [both('v3', 'v1'), both('v2', 'v2'), both('v3', 'v3')]);
    expect(found).toEqual(['taken back by acme/web:v3 in 2']);
  });

  test('what stands at another place of the file all along took no place', async () => {
    const two = (stable: string, canary: string): Commit => [
      { [FILE]: overlay(stable, entry('web', canary)) },
    ];
    const [before, ours] = [two('v1', 'v9'), two('v2', 'v9')];
    expect(await replaced(['acme/web:v2'], [before, ours, [{ [FILE]: overlay('v9') }]])).toEqual([]);
    expect(await replaced(['acme/web:v2'], [before, ours, two('v3', 'v9')])).toEqual([
      'superseded by acme/web:v3 in 2',
    ]);
    expect(await replaced(['acme/web:v2'], [before, ours, two('v1', 'v9')])).toEqual([
      'taken back by acme/web:v1 in 2',
    ]);
  });
});
