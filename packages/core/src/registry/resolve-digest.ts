import { createHash } from 'node:crypto';
import { ConfigurationError } from '../action/index.ts';
import type { ImageReference } from '../image/index.ts';
import { addressOf } from './address.ts';
import type { RegistryClient } from './client.ts';
import type { HttpAnswer } from './http-send.ts';
import { LookupProblem } from './lookup-problem.ts';
import { type AskManifest, MANIFEST_TYPES, manifestAt } from './manifest-request.ts';

/**
 * The digest of an image, as its registry has it now: of the index when there is one, of the manifest otherwise.
 * Of a reference with tag and digest, both must be there and agree.
 *
 * @returns `sha256:…`
 * @throws ConfigurationError when the image does not exist, is not what the reference says, or cannot be looked up
 */
export async function resolveDigest(reference: ImageReference, client: RegistryClient): Promise<string> {
  const digest = await findDigest(reference, client);
  if (digest === undefined) throw missing([reference]);
  return digest;
}

/**
 * Whether the registry has an image.
 *
 * @throws ConfigurationError when that cannot be found out, or tag and digest are of different images
 */
export async function imageExists(reference: ImageReference, client: RegistryClient): Promise<boolean> {
  return (await findDigest(reference, client)) !== undefined;
}

/**
 * Looks an image up.
 *
 * @returns its digest; undefined when the registry says that there is none
 * @throws ConfigurationError as the functions above
 */
export async function findDigest(
  reference: ImageReference,
  client: RegistryClient,
): Promise<string | undefined> {
  const what = reference.tag ?? reference.digest ?? 'latest';
  try {
    const address = addressOf(reference);
    const digest = await digestBehind(manifestAt(address, what, client), address.host, reference.digest);
    if (digest !== undefined) refuseOther(reference, digest, address.host);
    return digest;
  } catch (error) {
    if (!(error instanceof LookupProblem)) throw error;
    throw new ConfigurationError(`Cannot look up image ${textOf(reference)}: ${error.message}`, {
      cause: error,
    });
  }
}

/** The sentence for images that their registries do not have. */
export function missing(references: readonly ImageReference[]): ConfigurationError {
  const names = references.map(textOf).join(', ');
  const verb = references.length === 1 ? `Image ${names} does` : `Images ${names} do`;
  return new ConfigurationError(
    `${verb} not exist in the registry; build and push before this step, or correct the name or tag.`,
  );
}

/** The reference in full, as `docker pull` takes it. */
export function textOf({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

function refuseOther(reference: ImageReference, digest: string, host: string): void {
  if (reference.digest === undefined || reference.digest === digest) return;
  const found = reference.tag === undefined ? 'this digest is answered with' : `tag ${reference.tag} is`;
  throw new LookupProblem(`in ${host} ${found} ${digest}; correct the digest or the tag.`);
}

async function digestBehind(
  ask: AskManifest,
  host: string,
  expected: string | undefined,
): Promise<string | undefined> {
  const head = await ask('HEAD');
  if (head.status === 404) return undefined;
  refuseStatus(head, host);
  const told = head.headers['docker-content-digest'];
  if (told !== undefined) return checked(told, host, expected);
  const whole = await ask('GET');
  if (whole.status === 404) return undefined;
  refuseStatus(whole, host);
  return hashed(whole, host, expected);
}

function refuseStatus({ status }: HttpAnswer, host: string): void {
  if (status === 200) return;
  const cure = status === 429 ? 'it limits requests, so log in or try again later' : 'try again later';
  throw new LookupProblem(`${host} answered ${status}; ${cure}.`);
}

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests; other algorithms only when asked for. */
function checked(digest: string | string[], host: string, expected: string | undefined): string {
  const text = String(digest);
  if (/^sha256:[0-9a-f]{64}$/.test(text) || text === expected) return text;
  throw new LookupProblem(`${host} answered with a digest that is none; have the registry set right.`);
}

/** Some registries leave the header out: then the manifest itself is hashed, once it is sure that it is one. */
function hashed({ headers, body }: HttpAnswer, host: string, expected: string | undefined): string {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (!MANIFEST_TYPES.includes(type))
    throw new LookupProblem(
      `${host} answered with something that is no image; correct the name of the registry.`,
    );
  const algorithm = expected?.startsWith('sha512:') ? 'sha512' : 'sha256';
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
}
