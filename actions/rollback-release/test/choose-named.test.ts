import { describe, expect, test } from '@jest/globals';
import { back, history, image, release, type Step, shown, web } from './history.ts';

const three = [release('v1'), release('v2'), release('v3')];

describe('a release, images and a target that are named', () => {
  test.each<[string, Step[], object, string[]]>([
    ['the release that stands', three, { release: 'v3' }, ['a.yaml acme/web v3 → v2']],
    ['an earlier target', three, { to: 'v1' }, ['a.yaml acme/web v3 → v1']],
    [
      'a release that stands no more',
      three,
      { release: 'v2' },
      ['superseded: v2 does not stand there any more; nothing was written.'],
    ],
    [
      'one that is rolled back',
      [...three, back('v2', 'v3')],
      { release: 'v3' },
      ['unchanged: v3 is rolled back already; nothing was written.'],
    ],
    [
      'one image of two',
      [
        { files: web('v1', { 'acme/api': 'v1' }), releases: ['v1'] },
        { files: web('v2', { 'acme/api': 'v2' }), releases: ['v2'] },
      ],
      { images: [image('acme/api')] },
      ['a.yaml acme/api v2 → v1'],
    ],
    [
      'an image whose release is not the newest',
      [
        { files: web('v1', { 'acme/api': 'v1' }), releases: ['v1'] },
        { files: web('v1', { 'acme/api': 'v2' }), releases: ['v2'] },
        { files: web('v3', { 'acme/api': 'v2' }), releases: ['v3'] },
      ],
      { images: [image('docker.io/acme/api')] },
      ['a.yaml acme/api v2 → v1'],
    ],
    [
      'the same run once more: no second step',
      [...three, back('v2', 'v3', { run: 'https://x/runs/1/attempts/1' })],
      {},
      ['unchanged: This run rolled back v3 already, by commit 3; nothing was written.'],
    ],
    [
      'another run: the next step',
      [...three, back('v2', 'v3', { run: 'https://x/runs/11/attempts/1' })],
      {},
      ['a.yaml acme/web v2 → v1'],
    ],
    [
      'the same run, other images',
      [
        { files: web('v1', { 'acme/api': '1' }), releases: ['1'] },
        { files: web('v2', { 'acme/api': '1' }), releases: ['v2'] },
        { files: web('v2', { 'acme/api': '2' }), releases: ['2'] },
        {
          files: web('v1', { 'acme/api': '2' }),
          releases: ['v1'],
          rolledBack: ['v2'],
          run: 'https://x/runs/1/attempts/1',
        },
      ],
      { images: [image('acme/api')] },
      ['a.yaml acme/api 2 → 1'],
    ],
  ])('%s', async (_, steps, asked, undone) => {
    expect(shown(await history(steps).ask(asked))).toEqual(undone);
  });
});
