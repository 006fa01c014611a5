import { describe, expect, test } from '@jest/globals';
import { TRANSPORTS } from '../../../test/contract/transports.ts';
import { type Commit, entry, FILE, OURS, overlay, released, replacedBy } from './replaced-stage.ts';

const DIGESTS = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);

describe.each(TRANSPORTS)('what took the place of an image, by $transport', (transport) => {
  const replaced = replacedBy(transport);
  const [old, ours]: readonly Commit[] = [[{ [FILE]: overlay('v1') }], [{ [FILE]: overlay('v2') }]];

  test.each<[string, string, readonly Commit[], readonly string[]]>([
    ['nothing', 'v2', [], []],
    ['a commit elsewhere', 'v2', [[{ 'apps/api/kustomization.yaml': overlay('v3') }]], []],
    ['another value', 'v2', [[{ [FILE]: overlay('v2', entry('api', 'v9')) }]], []],
    ['a newer release by its id', 'v2', [[{ [FILE]: overlay('v3') }]], ['superseded by acme/web:v3 in 2']],
    [
      'a newer one, and then others',
      'v2',
      [
        [{ [FILE]: overlay('v3') }, released('v3')],
        [{ [FILE]: overlay('v3', entry('api', 'v9')) }, released('v9')],
        [{ 'README.md': 'y' }],
      ],
      ['superseded by acme/web:v3 in 2'],
    ],
    ['taken back by hand', 'v2', [[{ [FILE]: overlay('v1') }]], ['taken back by acme/web:v1 in 2']],
    [
      'rolled back',
      'v2',
      [[{ [FILE]: overlay('v1') }, released('v1', OURS, 'v2')]],
      ['taken back by acme/web:v1 in 2'],
    ],
    [
      'a newer one that was rolled back to one between',
      'v2',
      [
        [{ [FILE]: overlay('v4') }, released('v4')],
        [{ [FILE]: overlay('v3') }, released('v3', OURS, 'v4')],
      ],
      ['superseded by acme/web:v3 in 3'],
    ],
    ['replaced, and put back', 'v2', [[{ [FILE]: overlay('v3') }], [{ [FILE]: overlay('v2') }]], []],
    ['taken out', 'v2', [[{ [FILE]: overlay('v2').replace('web', 'other') }]], []],
    ['the file gone', 'v2', [[{ [FILE]: null }]], []],
    ['the file broken', 'v2', [[{ [FILE]: 'images: [' }]], []],
    ['a digest beside our tag', 'v2', [[{ [FILE]: overlay(`v2@${DIGESTS[0]}`) }]], []],
    ['a digest in the place of our tag', 'v2', [[{ [FILE]: overlay(`@${DIGESTS[0]}`) }]], []],
    [
      'an id that has no order, released since',
      'v2',
      [[{ [FILE]: overlay('blue') }, released('blue')]],
      ['superseded by acme/web:blue in 2'],
    ],
    [
      'an id that has no order, by nobody knows whom',
      'v2',
      [[{ [FILE]: overlay('blue') }]],
      ['taken back by acme/web:blue in 2'],
    ],
    [
      'a smaller number of another workflow',
      'v2',
      [[{ [FILE]: overlay('v0') }, released('v0', 'acme/shop/.github/workflows/hotfix.yml')]],
      ['superseded by acme/web:v0 in 2'],
    ],
    [
      'an older one, released again by our workflow',
      'v2',
      [[{ [FILE]: overlay('v1') }, released('v1')]],
      ['taken back by acme/web:v1 in 2'],
    ],
  ])('%s', async (_name, tag, later, expected) => {
    expect(await replaced([`acme/web:${tag}`], [old as Commit, ours as Commit, ...later])).toEqual(expected);
  });

  test('an update that changed nothing: the commit is the head that it found', async () => {
    const commits: readonly Commit[] = [[{ [FILE]: overlay('v2') }], [{ 'README.md': 'y' }]];
    expect(await replaced(['acme/web:v2'], commits)).toEqual([]);
    expect(await replaced(['acme/web:v2'], [...commits, [{ [FILE]: overlay('v3') }]])).toEqual([
      'superseded by acme/web:v3 in 2',
    ]);
    const taken: Commit = [{ [FILE]: overlay('blue') }, released('blue')];
    const again: readonly Commit[] = [taken, [{ [FILE]: overlay('v2') }], [{ [FILE]: overlay('blue') }]];
    expect(await replaced(['acme/web:v2'], again)).toEqual(['taken back by acme/web:blue in 2']);
  });

  test('of several images one, and of several files all', async () => {
    const two = (web: string, api: string) => overlay(web, entry('api', api));
    const images = ['acme/web:v2', 'acme/api:v2'];
    const [first, second]: readonly Commit[] = [
      [{ [FILE]: two('v1', 'v1') }],
      [{ [FILE]: two('v2', 'v2'), 'apps/web/eu/kustomization.yaml': overlay('v2') }],
    ];
    const one: Commit = [{ [FILE]: two('v2', 'v3') }];
    expect(await replaced(images, [first as Commit, second as Commit, one])).toEqual([
      'superseded by acme/api:v3 in 2',
    ]);
    const half: Commit = [{ [FILE]: two('v3', 'v3') }];
    expect(await replaced(images, [first as Commit, second as Commit, half])).toEqual([
      'superseded by acme/api:v3 in 2',
    ]);
    const rest: Commit = [{ 'apps/web/eu/kustomization.yaml': overlay('v3') }];
    expect(await replaced(images, [first as Commit, second as Commit, half, rest])).toEqual([
      'superseded by acme/web:v3 in 3',
      'superseded by acme/api:v3 in 3',
    ]);
  });

  test('a digest in the place of a digest', async () => {
    const commits: readonly Commit[] = [
      [{ [FILE]: overlay('v1') }],
      [{ [FILE]: overlay(`v2@${DIGESTS[0]}`) }],
      [{ [FILE]: overlay(`v3@${DIGESTS[1]}`) }],
    ];
    for (const image of [`acme/web@${DIGESTS[0]}`, 'acme/web:v2'])
      expect(await replaced([image], commits)).toEqual([`superseded by acme/web:v3@${DIGESTS[1]} in 2`]);
  });
});
