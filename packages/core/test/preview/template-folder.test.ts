import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readTemplateFolder } from '../../src/preview/index.ts';

async function workspace(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'template-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('all files below it, sorted', async () => {
  await using checkout = await workspace({
    'preview/z.yaml': 'z',
    'preview/base/a.yaml': 'a',
    'other.yaml': '',
  });
  const files = await readTemplateFolder('./preview/', checkout.path);
  expect(files.map(({ path, content }) => [path, content.toString()])).toEqual([
    ['base/a.yaml', 'a'],
    ['z.yaml', 'z'],
  ]);
});

test.each([
  [
    'absent',
    'is not a folder in the workspace; check the path, and that a step with actions/checkout runs before this one.',
  ],
  ['other.yaml', 'is not a folder in the workspace'],
  ['/etc', 'is not a folder in the workspace'],
  ['..', 'it must be a folder inside the workspace.'],
  ['escape', 'it must be a folder inside the workspace.'],
  ['empty', 'it must be a folder with 1 to 500 files (it has 0).'],
  ['links', 'not a regular file; replace links by files.'],
  ['credentials', 'it must be a folder outside of .git.'],
  ['.git', 'it must be a folder outside of .git.'],
  ['nested', 'it must be a folder without a .git in it.'],
  ['huge', 'it must be a folder of at most 10000000 bytes (it has 5000000000).'],
  ['reserved', "holds preview.yaml, which is the name of the preview's own record; rename that file."],
])('refused: %s', async (folder, message) => {
  await using checkout = await workspace({
    'other.yaml': '',
    'reserved/preview.yaml': '',
    'links/a.yaml': '',
    '.git/config': 'extraheader = AUTHORIZATION: basic x',
    'nested/.GIT/config': '',
    'huge/image.bin': '',
  });
  await truncate(join(checkout.path, 'huge/image.bin'), 5_000_000_000);
  await symlink('.git', join(checkout.path, 'credentials'));
  await mkdir(join(checkout.path, 'empty'));
  await symlink('/etc', join(checkout.path, 'escape'));
  await symlink('/etc/hostname', join(checkout.path, 'links/b.yaml'));
  await expect(readTemplateFolder(folder, checkout.path)).rejects.toThrow(message);
});
