import { describe, expect, test } from '@jest/globals';
import { back, history, image, release, type Step, shown, web } from './history.ts';

const DIGEST = (letter: string) => `sha256:${letter.repeat(64)}`;
const files = (webTag: string, payTag: string) => ({
  'web.yaml': { 'acme/web': webTag },
  'pay.yaml': { 'acme/pay': payTag },
});
const envs = (staging: string, production: string) => ({
  's.yaml': { 'acme/web': staging, 'acme/api': staging },
  'p.yaml': { 'acme/web': production, 'acme/api': production },
});
const byRun = (run: number) => `https://x/runs/${run}0/attempts/1`;
const newer = (current: string, other: string) => other > current;

describe('what stood there decides, and not what trailers say', () => {
  test.each<[string, Step[], object, string[]]>([
    [
      'a named target that another application released later',
      [
        { files: files('1', '0'), releases: ['1'] },
        { files: files('2', '0'), releases: ['2'] },
        { files: files('3', '0'), releases: ['3'] },
        { files: files('3', '1'), releases: ['1'] },
      ],
      { release: '3', to: '1' },
      ['web.yaml acme/web 3 → 1'],
    ],
    [
      'a release that somebody wrote by hand',
      [release('v1'), { files: web('v2') }],
      { release: 'v2' },
      ['a.yaml acme/web v2 → v1'],
    ],
    [
      'one that a squashed commit both took back and released past',
      [release('v1'), release('v2'), { files: web('v3'), releases: ['v1', 'v3'], rolledBack: ['v2'] }],
      { release: 'v3' },
      ['a.yaml acme/web v3 → v1'],
    ],
    [
      'a digest that was added since',
      [release('v1'), release('v2'), { files: web(`v2@${DIGEST('a')}`) }],
      { release: 'v2' },
      ['a.yaml acme/web v2 → v1'],
    ],
    [
      'the same id at another image is not taken back with it',
      [
        { files: files('1', '1') },
        { files: files('1', '2'), releases: ['2'] },
        { files: files('2', '2'), releases: ['2'] },
        { files: files('1', '2'), releases: ['1'], rolledBack: ['2'] },
        { files: files('1', '3'), releases: ['3'] },
      ],
      { release: '3' },
      ['pay.yaml acme/pay 3 → 2'],
    ],
    [
      'a rollback that was reverted by hand counts no more',
      [release('v1'), release('v2'), back('v1', 'v2'), { files: web('v2') }, release('v3')],
      { release: 'v3' },
      ['a.yaml acme/web v3 → v2'],
    ],
    [
      'the same digest under another id is not another state',
      [release(`v1@${DIGEST('a')}`), release(`v2@${DIGEST('b')}`), release(`v3@${DIGEST('b')}`)],
      { release: 'v3' },
      ['a.yaml acme/web v3 → v1'],
    ],
    [
      'each environment goes back to its own state',
      [
        { files: envs('v1', 'v0'), releases: ['v1'], run: byRun(1) },
        { files: envs('v2', 'v0'), releases: ['v2'], run: byRun(2) },
        { files: envs('v2', 'v1'), releases: ['v1'], run: byRun(3) },
        { files: envs('v2', 'v2'), releases: ['v2'], run: byRun(4) },
      ],
      { release: 'v2' },
      [
        'p.yaml acme/api v2 → v1',
        'p.yaml acme/web v2 → v1',
        's.yaml acme/api v2 → v1',
        's.yaml acme/web v2 → v1',
      ],
    ],
    [
      'what one run wrote image by image goes back together',
      [
        { files: { 'a.yaml': { 'acme/web': '1', 'acme/api': '1' } } },
        { files: { 'a.yaml': { 'acme/web': '2', 'acme/api': '1' } }, releases: ['2'], run: byRun(1) },
        { files: { 'a.yaml': { 'acme/web': '2', 'acme/api': '2' } }, releases: ['2'], run: byRun(1) },
      ],
      { release: '2' },
      ['a.yaml acme/api 2 → 1', 'a.yaml acme/web 2 → 1'],
    ],
    [
      'a named target is gone back to although it was rolled back and is newer',
      [release('v1'), release('v2'), back('v1', 'v2')],
      { release: 'v1', to: 'v2' },
      ['a.yaml acme/web v1 → v2'],
    ],
    [
      'of two images at one id, the one that is named',
      [
        { files: files('1', '1') },
        { files: files('2', '1'), releases: ['2'], run: byRun(1) },
        { files: files('2', '2'), releases: ['2'], run: byRun(2) },
      ],
      { release: '2', images: [image('acme/pay')] },
      ['pay.yaml acme/pay 2 → 1'],
    ],
  ])('%s', async (_, steps, asked, undone) => {
    expect(shown(await history(steps, newer).ask(asked))).toEqual(undone);
  });
});
