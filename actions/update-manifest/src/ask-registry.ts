import type { ActionContext } from '@gitops-actions/core/action';
import { spawnExec } from '@gitops-actions/core/exec';
import type { ImageTarget } from '@gitops-actions/core/image';
import {
  createRegistryClient,
  dockerConfigFolder,
  resolveDigests,
  verifyImages,
} from '@gitops-actions/core/registry';
import type { Inputs } from './inputs.ts';

/**
 * The images as they are to be written: with their digests, if asked for. Done once, before anything is read.
 *
 * @throws ConfigurationError that names every image that its registry does not have
 */
export async function askRegistry(
  { images, registry }: Inputs,
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
