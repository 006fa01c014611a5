import { gzipSync } from 'node:zlib';
import { digestOf } from './store.ts';
import type { PushOptions } from './types.ts';

/** One thing to push: a blob, or a manifest when it has a type that says so. */
export interface Content {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** Blobs first, then manifests; the last one is what the tag names. */
export interface Image {
  readonly blobs: readonly Content[];
  readonly manifests: readonly Content[];
}

const content = (mediaType: string, value: unknown): Content => {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  return { mediaType, bytes, digest: digestOf(bytes) };
};
const descriptor = ({ mediaType, digest, bytes }: Content) => ({ mediaType, digest, size: bytes.length });

function buildOne(name: string, platform: string, labels: Record<string, string>) {
  const [os = 'linux', architecture = 'amd64', variant] = platform.split('/');
  // An empty tar archive: two blocks of zeros.
  const tar = Buffer.alloc(1024);
  const layer = content('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar));
  const config = content('application/vnd.oci.image.config.v1+json', {
    os,
    architecture,
    ...(variant !== undefined && { variant }),
    config: { Labels: { 'org.opencontainers.image.ref.name': name, ...labels } },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    history: [{ created_by: 'testkit' }],
  });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const parts = { config: descriptor(config), layers: [descriptor(layer)] };
  const manifest = content(mediaType, { schemaVersion: 2, mediaType, ...parts });
  return { blobs: [layer, config], manifest, platform: { os, architecture, ...(variant && { variant }) } };
}

/** A small image whose digest depends on its name and labels alone. */
export function buildImage(name: string, { platforms = [], labels = {} }: PushOptions): Image {
  const built = (platforms.length > 0 ? platforms : ['linux/amd64']).map((one) =>
    buildOne(name, one, labels),
  );
  const blobs = built.flatMap((one) => one.blobs);
  const manifests = built.map(({ manifest }) => manifest);
  if (platforms.length === 0) return { blobs, manifests };
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const entries = built.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform }));
  return {
    blobs,
    manifests: [...manifests, content(mediaType, { schemaVersion: 2, mediaType, manifests: entries })],
  };
}
