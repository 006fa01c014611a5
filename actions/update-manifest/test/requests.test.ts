import { describe, expect, test } from '@jest/globals';
import { KUSTOMIZATION, OVERLAY, sentence, startStage } from './stage.ts';

const IMAGE = { images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb' };
const filler = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`other/${index % 100}/${index}.yaml`, `n: ${index}\n`]),
  );
const bytes = (run: { requests: { bytesIn: number; bytesOut: number }[] }) =>
  run.requests.reduce((total, { bytesIn, bytesOut }) => total + bytesIn + bytesOut, 0);

describe('one file costs two requests at any size of the repository', () => {
  test.each([10, 1000, 20_000])('%d files', async (count) => {
    await using stage = await startStage({ ...filler(count), [OVERLAY]: KUSTOMIZATION });
    const run = await stage.run(IMAGE);
    expect(sentence(run)).toBe('0: ');
    expect(run.requests.map(({ route }) => route)).toEqual(['graphql ReadHead', 'graphql CommitFiles']);
    expect(bytes(run)).toBeLessThan(8000);
  });
});

describe('folders and globs cost one more for each 100 files', () => {
  const apps = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, app) => [
        `apps/${app}/overlays/kustomization.yaml`,
        `images: [{name: acme/app${app}, newTag: v1}]\n`,
      ]),
    );

  test.each([
    ['a folder of 3', 3, 'apps', ['ReadHead', 'ReadFiles', 'CommitFiles']],
    ['a glob over 100', 100, 'apps/*/overlays/*.yaml', ['ReadHead', 'ReadFiles', 'CommitFiles']],
    [
      'a glob over 101',
      101,
      'apps/**/kustomization.yaml',
      ['ReadHead', 'ReadFiles', 'ReadFiles', 'CommitFiles'],
    ],
    ['the root', 3, '.', ['ReadHead', 'ReadFiles', 'CommitFiles']],
    ['a glob at the root', 3, '**/kustomization.yaml', ['ReadHead', 'ReadFiles', 'CommitFiles']],
  ])('%s', async (_name, count, path, operations) => {
    await using stage = await startStage(apps(count));
    const run = await stage.run({ path, images: 'acme/app1:v2' });
    expect(sentence(run)).toBe('0: ');
    expect(run.requests.map(({ operation }) => operation)).toEqual(operations);
    expect(await stage.gitops.read('main', 'apps/1/overlays/kustomization.yaml')).toContain('newTag: v2');
  });

  test('a file more than four levels down is found, with one request more', async () => {
    await using stage = await startStage({
      'a/b/c/d/e/f/g.yaml': 'image: acme/web:v1\n',
      'a/x.yaml': 'n: 1\n',
    });
    const run = await stage.run({ path: 'a', images: 'acme/web:v2' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', 'a/b/c/d/e/f/g.yaml')).toBe('image: acme/web:v2\n');
    expect(run.requests).toHaveLength(4);
  });
});

test('a file that GraphQL cuts or leaves out is read as raw bytes', async () => {
  const long = `${'# padding\n'.repeat(60_000)}image: acme/web:v1\n`;
  await using stage = await startStage({ 'long.yaml': long });
  const run = await stage.run({ path: 'long.yaml', images: 'acme/web:v2' });
  expect(sentence(run)).toBe('0: ');
  expect(await stage.gitops.read('main', 'long.yaml')).toBe(long.replace('web:v1', 'web:v2'));
  expect(run.requests).toHaveLength(3);
});
