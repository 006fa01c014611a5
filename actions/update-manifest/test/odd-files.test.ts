import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, temporaryDirectory } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { type Stage, sentence, startStage } from './stage.ts';

/** Adds what the API cannot make: a link, an executable file, a submodule, odd bytes. */
async function addOddFiles({ gitops, github }: Stage): Promise<void> {
  await using directory = await temporaryDirectory();
  const basic = Buffer.from(`x-access-token:${github.token}`).toString('base64');
  const env = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
  const cwd = join(directory.path, 'clone');
  await git(['clone', '--quiet', gitops.cloneUrl, cwd], { env });
  await mkdir(join(cwd, 'odd'));
  await writeFile(join(cwd, 'odd', 'real.yaml'), 'image: acme/web:v1\n');
  await symlink('real.yaml', join(cwd, 'odd', 'link.yaml'));
  await writeFile(join(cwd, 'odd', 'run.yaml'), 'image: acme/web:v1\n');
  await chmod(join(cwd, 'odd', 'run.yaml'), 0o755);
  await writeFile(
    join(cwd, 'odd', 'binary.yaml'),
    Buffer.concat([Buffer.from('image: acme/web:v1 # '), Buffer.from([0xff, 0x00])]),
  );
  await writeFile(join(cwd, 'odd', 'empty.yaml'), '');
  await git(['add', '--all'], { cwd });
  await git(['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},odd/module`], { cwd });
  await git(['commit', '--quiet', '--message', 'odd'], { cwd });
  await git(['push', '--quiet'], { cwd, env });
}

describe.each(['api', 'git'])('transport %s', (transport) => {
  test.each([
    [
      'a symbolic link',
      'odd/link.yaml',
      '1: Input "path" names odd/link.yaml, which is not a regular file but symlink; name the file itself.',
    ],
    [
      'a submodule',
      'odd/module',
      '1: Input "path" names odd/module, which is not a regular file but submodule; name the file itself.',
    ],
    [
      'bytes that are no text',
      'odd/binary.yaml',
      '1: odd/binary.yaml is not UTF-8 text; only YAML and JSON in UTF-8 are edited.',
    ],
    [
      'an empty file',
      'odd/empty.yaml',
      '1: No place in odd/empty.yaml holds the image acme/web; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.',
    ],
  ])('%s is refused', async (_name, path, said) => {
    await using stage = await startStage();
    await addOddFiles(stage);
    const head = await stage.gitops.head('main');
    const run = await stage.run({ transport, path, images: 'acme/web:v2' });
    expect(sentence(run)).toBe(said);
    expect(await stage.gitops.head('main')).toBe(head);
  });

  test('an executable file is named, and nothing is written', async () => {
    await using stage = await startStage();
    await addOddFiles(stage);
    const head = await stage.gitops.head('main');
    const run = await stage.run({ transport, path: 'odd/run.yaml', images: 'acme/web:v2' });
    expect(sentence(run)).toBe(
      '1: Input "path" names odd/run.yaml, which is not a regular file but executable; name the file itself.',
    );
    expect(await stage.gitops.head('main')).toBe(head);
  });
});

test('a folder with a link in it: the real file is written, the link stays', async () => {
  await using stage = await startStage({ 'README.md': 'x\n' });
  await addOddFiles(stage);
  await stage.gitops.commit('main', { 'odd/binary.yaml': null });
  const run = await stage.run({ path: 'odd', images: 'acme/web:v2' });
  expect(sentence(run)).toBe('0: ');
  expect((await stage.gitops.log('main'))[0]?.files).toEqual(['odd/real.yaml']);
});
