import type { ActionContext } from '../action/index.ts';
import { spawnExec } from '../exec/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { createRegistryClient, dockerConfigFolder, resolveDigests, verifyImages } from '../registry/index.ts';

/** Ask the registry for each digest and write it; or only whether the image exists; or nothing. */
export type RegistryCheck = 'digest' | 'exists' | 'none';

/**
 * The images as they are to be written: with their digests, if asked for. Done once, before anything is read.
 *
 * @throws ConfigurationError that names every image that its registry does not have
 */
export async function askRegistry(
  images: readonly ImageTarget[],
  registry: RegistryCheck,
  context: ActionContext,
): Promise<readonly ImageTarget[]> {
  if (registry === 'none' || images.length === 0) return images;
  const { environment, signal, log } = context;
  const dockerConfig = dockerConfigFolder(environment);
  const client = createRegistryClient({ dockerConfig, environment, exec: spawnExec, signal, log });
  const references = images.map(({ reference }) => reference);
  if (registry === 'exists') {
    await verifyImages(references, client);
    return images;
  }
  const resolved = await resolveDigests(references, client);
  return images.map((image, index) => ({ ...image, reference: resolved[index] ?? image.reference }));
}
