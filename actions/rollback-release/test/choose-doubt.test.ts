import { describe, expect, test } from '@jest/globals';
import { history, release, type Step, shown, web } from './history.ts';

const DIGEST = (letter: string) => `sha256:${letter.repeat(64)}`;
const files = (webTag: string, payTag: string) => ({
  'web.yaml': { 'acme/web': webTag },
  'pay.yaml': { 'acme/pay': payTag },
});
const byRun = (run: number) => `https://x/runs/${run}0/attempts/1`;
const newer = (current: string, other: string) => other > current;

/** The version `-` becomes a digest without a tag. */
const digestOnly = (versions: Step['files']): Step['files'] =>
  JSON.parse(JSON.stringify(versions).replaceAll('"-"', JSON.stringify(`@${DIGEST('c')}`)));

describe('in doubt', () => {
  test('never forward: a release that is known to be newer is passed over', async () => {
    const { ask } = history([release('v0'), release('v1'), release('v2'), release('v1')], newer);
    expect(shown(await ask({ release: 'v1' }))).toEqual(['a.yaml acme/web v1 → v0']);
  });

  test('one id of two applications: nobody guesses which is meant', async () => {
    const { ask } = history([
      { files: files('1', '1') },
      { files: files('2', '1'), releases: ['2'], run: byRun(1) },
      { files: files('2', '2'), releases: ['2'], run: byRun(2) },
    ]);
    expect(await ask({ release: '2' }).catch(String)).toBe(
      'ConfigurationError: Release 2 stands in web.yaml (acme/web) and in pay.yaml (acme/pay), which different commits brought there; say which is meant in "images", or narrow "path". Nothing was written.',
    );
  });

  test('what is on hold is no part of it', async () => {
    const { ask } = history([
      { files: { 'a.yaml': { 'acme/web': 'v1' }, 'b.yaml': { 'acme/api': 'o1' } } },
      { files: { 'a.yaml': { 'acme/web': 'v2' }, 'b.yaml': { 'acme/api': 'o2' } }, releases: ['v2', 'o2'] },
    ]);
    const held = (on: readonly string[]) =>
      [
        ['a.yaml', 'acme/web', 'v2'],
        ['b.yaml', 'acme/api', 'o2'],
      ].map(([path = '', name, tag]) => {
        const mark = on.includes(path) ? ' # gitops-actions: hold audit' : '';
        const content = Buffer.from(`images:\n- name: ${name}\n  newTag: ${tag}${mark}\n`);
        return { path, content, oid: '', mode: 'regular' as const };
      });
    const one = await ask({}, held(['b.yaml']));
    expect(shown(one)).toEqual(['a.yaml acme/web v2 → v1']);
    expect(one).toMatchObject({ bad: { releases: ['v2'] }, held: [{ file: 'b.yaml' }] });
    expect(shown(await ask({}, held(['a.yaml', 'b.yaml'])))).toEqual([
      'held: a.yaml (acme/web), b.yaml (acme/api): on hold; nothing was written.',
    ]);
  });

  test.each([
    ['what wrote it', [release('v1'), { files: web('-'), releases: ['v2'] }], 'v2'],
    ['the tag that it took the place of', [release('v1'), release('v2'), { files: web('-') }], 'v2'],
  ])('a digest alone is of the release of %s', async (_, steps, id) => {
    const { ask } = history(steps.map((step) => ({ ...step, files: digestOnly(step.files) })));
    const decision = await ask({ release: id });
    expect(decision).toMatchObject({
      kind: 'undo',
      undo: [{ bad: [{ digest: DIGEST('c') }], to: { tag: 'v1' } }],
    });
  });
});
