import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { stage } from './stage.ts';

test.each([
  ['../secret.md', "it must be a file inside the workspace or the runner's temporary folder."],
  ['/etc/hostname', "it must be a file inside the workspace or the runner's temporary folder."],
  ['link.md', 'it must be a file, with no symbolic link in its path.'],
  ['inner.md', 'it must be a file, with no symbolic link in its path.'],
  ['none.md', 'it cannot be read (there is no such file). Check that an earlier step of this job writes it.'],
  ['folder', 'it must be a file.'],
  ['empty.md', 'it must be a file that is not empty.'],
  ['large.md', 'it must be at most 1000000 bytes long, not 1000001.'],
])('%s is refused', async (file, legal) => {
  await using here = await stage();
  await using folder = await temporaryDirectory();
  const workspace = join(folder.path, 'workspace');
  await mkdir(join(workspace, 'folder'), { recursive: true });
  await writeFile(join(folder.path, 'secret.md'), 'secret');
  await symlink(join(folder.path, 'secret.md'), join(workspace, 'link.md'));
  await writeFile(join(workspace, 'empty.md'), ' \n');
  await symlink('empty.md', join(workspace, 'inner.md'));
  await writeFile(join(workspace, 'large.md'), 'x'.repeat(1_000_001));
  const run = await here.run({ message: '', 'message-file': file }, { workspace });
  expect(run.annotations).toEqual([
    { level: 'error', message: `Input "message-file" is ${JSON.stringify(file)}; ${legal}` },
  ]);
  expect([run.exitCode, run.requests]).toEqual([1, []]);
});
