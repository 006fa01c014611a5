import { isIPv4 } from 'node:net';
import type { ImageReference } from '../image/index.ts';
import { LookupProblem } from './lookup-problem.ts';

/** Where an image is looked up, and under which names its credentials are filed. */
export interface RegistryAddress {
  /** As people write it: `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly host: string;
  /** Origin that answers: `https://registry-1.docker.io`. */
  readonly origin: string;
  /** `library/nginx`, `acme/orders`. */
  readonly repository: string;
  /** What Docker calls this registry in its configuration and asks a credential helper for. */
  readonly credentialKey: string;
}

/** Docker Hub's name in Docker's configuration: https://github.com/docker/cli/blob/master/cli/config/credentials/file_store.go */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/**
 * The registry of an image. Docker Hub answers under another name than people write. Without TLS only loopback is asked.
 *
 * @throws LookupProblem when the host cannot be one, such as `ghcr.io:99999`
 */
export function addressOf({ name }: Pick<ImageReference, 'name'>): RegistryAddress {
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  const repository = name.slice(slash + 1);
  if (host === 'docker.io')
    return { host, repository, origin: 'https://registry-1.docker.io', credentialKey: DOCKER_HUB_KEY };
  const secure = URL.parse(`https://${host}`);
  if (secure === null) throw new LookupProblem(`${host} is no host; correct the name of the registry.`);
  const url = isLoopback(secure.hostname) ? new URL(`http://${host}`) : secure;
  return { host, repository, origin: url.origin, credentialKey: host };
}

/**
 * Whether a request may go to this address: over TLS anywhere; without TLS from a registry on loopback to loopback only.
 * A registry picks where its tokens come from and where it redirects to; it must not pick plain text.
 */
export function isSafe(url: URL, origin: string): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(origin).hostname);
}

/** `localhost`, 127.0.0.0/8 or ::1, and nothing that only begins like one of them. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}
