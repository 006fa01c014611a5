import { ConfigurationError } from '@gitops-actions/core/action';
import { parseImageReference } from '@gitops-actions/core/image';

/**
 * The name of an image, without tag and digest: `ghcr.io/acme/orders`, `acme/orders`, `localhost:5000/orders`. Written in
 * lower case, as docker/metadata-action does: the owner's name in an expression may have capitals, which no registry
 * takes, and expressions cannot lower it.
 *
 * @param where what holds the text, as the beginning of a sentence
 * @throws ConfigurationError when it is no image name
 */
export function imageName(where: string, text: string): string {
  const name = text.toLowerCase();
  const problem = problemOf(name);
  if (problem !== undefined) throw refused(where, text, problem);
  if (isRegistry(name)) throw refused(where, text, 'names a registry only; add a name to it');
  return name;
}

/**
 * What stands before `/<service>` in the names of images: a registry, a registry and a path, or an account on Docker Hub.
 *
 * @param where what holds the text, as the beginning of a sentence
 * @throws ConfigurationError when no image name can begin like that
 */
export function imagePrefix(where: string, text: string): string {
  const prefix = text.toLowerCase();
  const problem = problemOf(`${prefix}/service`);
  // The text alone tells more: `ghcr.io/acme:v1` carries a tag, `ghcr.io/acme:v1/service` is nothing at all.
  if (problem !== undefined) throw refused(where, text, problemOf(prefix) ?? problem);
  return prefix;
}

function problemOf(name: string): string | undefined {
  if (name.includes('://')) return 'is an address; leave out what stands before the registry';
  const reference = parseImageReference(name);
  if (reference === undefined) return 'is not the name of an image, such as ghcr.io/acme/orders';
  const { tag, digest } = reference;
  if (tag === undefined && digest === undefined) return undefined;
  const surplus = digest === undefined ? 'tag' : 'digest';
  return `carries a ${surplus}; leave it out, because the release id becomes the tag`;
}

/** Docker takes a first part with a dot for a registry's host. */
function isRegistry(name: string): boolean {
  return !name.includes('/') && (name.includes('.') || name === 'localhost');
}

function refused(where: string, text: string, problem: string): ConfigurationError {
  return new ConfigurationError(`${where} is ${JSON.stringify(text.slice(0, 300))}, which ${problem}.`);
}
