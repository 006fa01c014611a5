import type { ImageReference } from '../image/index.ts';
import type { RegistryClient } from './client.ts';
import { findDigest, missing, textOf } from './resolve-digest.ts';

/** Look-ups at a time: registries limit how many one address may ask. */
const AT_ONCE = 8;

/**
 * Looks up every image, several at a time and each once, whatever the order and however often one is named.
 *
 * @returns the same references in the same order, each with the digest that its registry has
 * @throws ConfigurationError that names every image that does not exist; else the first that cannot be looked up
 */
export async function resolveDigests(
  references: readonly ImageReference[],
  client: RegistryClient,
): Promise<readonly ImageReference[]> {
  const wanted = new Map(references.map((reference) => [textOf(reference), reference]));
  const found = await lookUpAll(wanted, client);
  const absent = [...wanted].filter(([text]) => found.get(text) === undefined);
  if (absent.length > 0) throw missing(absent.map(([, reference]) => reference));
  return references.map((reference) => ({ ...reference, digest: found.get(textOf(reference)) }));
}

/**
 * Makes sure that every image exists before a manifest names it.
 *
 * @throws ConfigurationError as `resolveDigests`
 */
export async function verifyImages(
  references: readonly ImageReference[],
  client: RegistryClient,
): Promise<void> {
  await resolveDigests(references, client);
}

async function lookUpAll(
  wanted: ReadonlyMap<string, ImageReference>,
  client: RegistryClient,
): Promise<ReadonlyMap<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  const queue = wanted.entries();
  const work = async () => {
    try {
      for (const [text, reference] of queue) found.set(text, await findDigest(reference, client));
    } finally {
      // After a failure nobody starts another one.
      for (const _ of queue);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}
