import { describe, expect, test } from '@jest/globals';
import { back, history, release, type Step, shown, web } from './history.ts';

describe('previous', () => {
  test.each<[string, Step[], string[]]>([
    ['the release before', [release('v1'), release('v2')], ['a.yaml acme/web v2 → v1']],
    [
      'what stood there before without a release',
      [{ files: web('v0') }, release('v2')],
      ['a.yaml acme/web v2 → v0'],
    ],
    [
      'not one that was rolled back itself',
      [release('v1'), release('v2'), back('v1', 'v2'), release('v3')],
      ['a.yaml acme/web v3 → v1'],
    ],
    [
      'a second step, of what a rollback brought back',
      [release('v1'), release('v2'), release('v3'), back('v2', 'v3')],
      ['a.yaml acme/web v2 → v1'],
    ],
    [
      'one that was rolled back and released again is good',
      [release('v1'), release('v2'), back('v1', 'v2'), release('v2'), release('v3')],
      ['a.yaml acme/web v3 → v2'],
    ],
    [
      'one that a person went back to by name is good',
      [release('v1'), release('v2'), back('v1', 'v2'), release('v3'), back('v2', 'v3'), release('v4')],
      ['a.yaml acme/web v4 → v2'],
    ],
    [
      'over commits of others in the same file',
      [
        release('v1', { 'acme/api': '1' }),
        release('v2', { 'acme/api': '1' }),
        { files: web('v2', { 'acme/api': '2' }), releases: ['2'] },
        { files: web('v1', { 'acme/api': '2' }), releases: ['v1'], rolledBack: ['v2'] },
        { files: web('v1', { 'acme/api': '3' }), releases: ['3'] },
        release('v3', { 'acme/api': '3' }),
      ],
      ['a.yaml acme/web v3 → v1'],
    ],
    [
      'all images of the commit, and no other',
      [
        { files: { 'a.yaml': { 'acme/web': 'v1', 'acme/api': 'v1', 'acme/db': 'v1' } }, releases: ['v1'] },
        { files: { 'a.yaml': { 'acme/web': 'v2', 'acme/api': 'v2', 'acme/db': 'v1' } }, releases: ['v2'] },
        { files: { 'a.yaml': { 'acme/web': 'v2', 'acme/api': 'v2', 'acme/db': '16' } } },
      ],
      ['a.yaml acme/api v2 → v1', 'a.yaml acme/web v2 → v1'],
    ],
    [
      'each file by itself',
      [
        { files: { 'p.yaml': { 'acme/web': 'v1' }, 's.yaml': { 'acme/web': 'v2' } }, releases: ['v2'] },
        { files: { 'p.yaml': { 'acme/web': 'v3' }, 's.yaml': { 'acme/web': 'v3' } }, releases: ['v3'] },
      ],
      ['p.yaml acme/web v3 → v1', 's.yaml acme/web v3 → v2'],
    ],
    [
      'only where the release still stands',
      [
        { files: { 'a.yaml': { 'acme/web': 'v1', 'acme/api': 'v1' } }, releases: ['v1'] },
        { files: { 'a.yaml': { 'acme/web': 'v2', 'acme/api': 'v2' } }, releases: ['v2'] },
        { files: { 'a.yaml': { 'acme/web': 'v2', 'acme/api': 'x' } } },
      ],
      ['a.yaml acme/web v2 → v1'],
    ],
  ])('%s', async (_, steps, undone) => {
    expect(shown(await history(steps).ask())).toEqual(undone);
  });

  test('a mark in the file keeps its release out, whatever the history says', async () => {
    const { ask } = history([release('v1'), { files: web('v2') }, release('v3')]);
    const content = Buffer.from('images:\n- name: acme/web\n  newTag: v3 # gitops-actions: blocked v2 bad\n');
    const marked = [{ path: 'a.yaml', content, oid: '', mode: 'regular' as const }];
    expect(shown(await ask({}, marked))).toEqual(['a.yaml acme/web v3 → v1']);
    expect(shown(await ask())).toEqual(['a.yaml acme/web v3 → v2']);
  });
});
