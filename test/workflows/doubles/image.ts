import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Nothing of the machine and of the moment: the same files are the same image.
const FIXED = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u+rw'];

const tar = (...args: readonly string[]) => promisify(execFile)('tar', args);

/**
 * Writes an archive as `docker save` does: one layer of the folder's files, and the labels.
 *
 * @param folder where the archive and its parts go
 * @returns its path
 */
export async function imageOf(
  context: string,
  labels: Readonly<Record<string, string>>,
  folder: string,
): Promise<string> {
  const layer = join(folder, 'layer.tar');
  await tar(...FIXED, '--exclude=./.git', '-cf', layer, '-C', context, '.');
  const diff = createHash('sha256')
    .update(await readFile(layer))
    .digest('hex');
  const config = {
    os: 'linux',
    architecture: 'amd64',
    config: { Labels: labels },
    rootfs: { type: 'layers', diff_ids: [`sha256:${diff}`] },
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const manifest = [{ Config: 'config.json', RepoTags: null, Layers: ['layer.tar'] }];
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const archive = join(folder, 'image.tar');
  await tar('-cf', archive, '-C', folder, 'manifest.json', 'config.json', 'layer.tar');
  return archive;
}
