import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './command.ts';

/** Refuses a push to a branch that `protected-branches` names, in GitHub's words. */
const UPDATE_HOOK = `#!/bin/sh
if [ -f protected-branches ] && grep -qxF "$1" protected-branches; then
  echo "error: GH013: Repository rule violations found for $1." >&2
  echo "- Changes must be made through a pull request." >&2
  exit 1
fi
`;

const CONFIGURATION = {
  'http.receivepack': 'true',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'true',
  'receive.denyDeleteCurrent': 'refuse',
  'receive.autogc': 'false',
  'gc.auto': '0',
  'core.logAllRefUpdates': 'true',
  'core.filesRefLockTimeout': '5000',
  'core.packedRefsTimeout': '5000',
  'transfer.hideRefs': 'refs/testkit',
  'fastimport.unpackLimit': '200',
};

function configurationText(): string {
  const lines = ['[core]', '\trepositoryformatversion = 0', '\tfilemode = true', '\tbare = true'];
  for (const [name, value] of Object.entries(CONFIGURATION)) {
    const [section = '', key = ''] = name.split('.');
    lines.push(`[${section}]`, `\t${key} = ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Creates an empty bare repository that serves clones, partial clones and pushes. */
export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await git(['init', '--bare', '--quiet', '--template=', `--initial-branch=${defaultBranch}`, directory]);
  await writeFile(join(directory, 'config'), configurationText());
  await mkdir(join(directory, 'hooks'), { recursive: true });
  await writeFile(join(directory, 'hooks', 'update'), UPDATE_HOOK);
  await chmod(join(directory, 'hooks', 'update'), 0o755);
}
