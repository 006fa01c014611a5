import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Nothing of the machine and of the moment: the same files are the same image.
const FIXED = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u+rw'];
const TYPE = 'application/vnd.oci.image';

/** What an image is made of. */
export interface Recipe {
  readonly context: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Such as `linux/arm64`; of several the image is an index. */
  readonly platforms: readonly string[];
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * Writes an image of one layer, the context's files, for each platform.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 *
 * @param folder becomes the layout
 * @returns the digest of the image or the index
 */
export async function writeLayout({ context, labels, platforms }: Recipe, folder: string): Promise<string> {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  const layer = await writeLayer(folder, context);
  const images = await Promise.all(
    platforms.map(async (platform) => ({
      ...(await writeImage(folder, layer, platform, labels)),
      platform: partsOf(platform),
    })),
  );
  const [only] = images;
  const top = images.length === 1 && only ? only : await writeJson(folder, 'index.v1', { manifests: images });
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [top] }));
  return top.digest;
}

async function writeLayer(folder: string, context: string): Promise<Descriptor> {
  const file = join(folder, 'layer.tar');
  await promisify(execFile)('tar', [...FIXED, '--exclude=./.git', '-cf', file, '-C', context, '.']);
  const bytes = await readFile(file);
  await rename(file, placeOf(folder, digestOf(bytes)));
  return { mediaType: `${TYPE}.layer.v1.tar`, digest: digestOf(bytes), size: bytes.length };
}

async function writeImage(
  folder: string,
  layer: Descriptor,
  platform: string,
  labels: Recipe['labels'],
): Promise<Descriptor> {
  const config = await writeJson(folder, 'config.v1', {
    ...partsOf(platform),
    config: { Labels: labels },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  return writeJson(folder, 'manifest.v1', { config, layers: [layer] });
}

async function writeJson(folder: string, kind: string, value: object): Promise<Descriptor> {
  const mediaType = `${TYPE}.${kind}+json`;
  const head = kind === 'config.v1' ? {} : { schemaVersion: 2, mediaType };
  const bytes = Buffer.from(JSON.stringify({ ...head, ...value }));
  await writeFile(placeOf(folder, digestOf(bytes)), bytes);
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function partsOf(platform: string) {
  const [os = 'linux', architecture = 'amd64', variant] = platform.split('/');
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const placeOf = (folder: string, digest: string): string => join(folder, 'blobs', ...digest.split(':'));
