import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, temporaryDirectory } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';

const KUSTOMIZATION = 'images:\n  - name: acme/web\n    newTag: v1 # live\n';

function demo(...args: string[]): Promise<{ code: number; said: string }> {
  const program = join(root, 'scripts', 'demo', 'main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=source', program, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
    });
  });
}

async function ownRepository() {
  const directory = await temporaryDirectory();
  await mkdir(join(directory.path, 'apps'));
  await writeFile(join(directory.path, 'apps', 'kustomization.yaml'), KUSTOMIZATION);
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'x'],
  ])
    await git(args, { cwd: directory.path });
  return directory;
}

describe('demo --repository', () => {
  test('prints the diff, names what is refused, and writes nothing', async () => {
    await using directory = await ownRepository();
    const { code, said } = await demo(
      '--repository',
      directory.path,
      '--path',
      'apps',
      '--images',
      'acme/web:v2',
      '--images',
      'acme/nope:v2',
    );
    expect(code).toBe(1);
    expect(said).toContain('apps/kustomization.yaml:3 images[0].newTag: v1 → v2 (updated)');
    expect(said).toContain('-    newTag: v1 # live\n+    newTag: v2 # live');
    expect(said).toContain(
      'REFUSED acme/nope: No place in apps/kustomization.yaml holds the image acme/nope;',
    );
    expect(said).toContain('Nothing was written. 1 of 2 images are refused.');
    expect(await git(['status', '--porcelain'], { cwd: directory.path })).toBe('');
  });

  test('wrong arguments end in one sentence', async () => {
    const { code, said } = await demo('--repository', '.');
    expect(code).toBe(2);
    expect(said).toContain('Usage: demo --repository <folder or address>');
  });
});
