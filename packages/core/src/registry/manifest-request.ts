import { isSafe, type RegistryAddress } from './address.ts';
import { type Authorization, authorize } from './authorize.ts';
import type { RegistryClient } from './client.ts';
import type { HttpAnswer } from './http-send.ts';
import { LookupProblem } from './lookup-problem.ts';
import { refused } from './refusal.ts';

/** Index and manifest, in OCI's and Docker's types: https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;

/** Asks for one manifest; logs in when the registry wants it, and stays logged in. */
export type AskManifest = (method: 'GET' | 'HEAD') => Promise<HttpAnswer>;

/**
 * Prepares questions about one manifest.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 *
 * @param what tag or digest
 * @returns a function that rejects with LookupProblem when the registry does not let it in; other answers are returned
 */
export function manifestAt(address: RegistryAddress, what: string, client: RegistryClient): AskManifest {
  const url = new URL(`/v2/${address.repository}/manifests/${what}`, address.origin);
  let login: Authorization | undefined;
  return async (method) => {
    const first = await follow(method, url, login?.header, address, client);
    const isStranger = login === undefined && first.status === 401;
    if (!isStranger) return refuseLogin(first, address, login);
    login = await authorize(first, address, client);
    if (login.header === undefined) return refuseLogin(first, address, login);
    return refuseLogin(await follow(method, url, login.header, address, client), address, login);
  };
}

function refuseLogin(
  answer: HttpAnswer,
  address: RegistryAddress,
  login: Authorization | undefined,
): HttpAnswer {
  if (answer.status !== 401 && answer.status !== 403) return answer;
  throw refused(address, login?.credentials, answer.status, address.host);
}

/** Redirects are followed by hand, so that a login never leaves the registry it is for. */
async function follow(
  method: 'GET' | 'HEAD',
  start: URL,
  authorization: string | undefined,
  { host, origin }: RegistryAddress,
  client: RegistryClient,
): Promise<HttpAnswer> {
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const shown = authorization !== undefined && url.origin === origin ? { authorization } : {};
    const headers = { accept: MANIFEST_TYPES.join(', '), ...shown };
    const answer = await client.send({ method, url: url.href, headers });
    const next = redirectOf(answer, url);
    if (next === undefined) return fromElsewhere(answer, url, origin, host);
    if (!isSafe(next, origin))
      throw new LookupProblem(
        `${host} redirects to ${next.protocol}//${next.host}, which is not https; ` +
          'name the registry that holds the image.',
      );
    url = next;
  }
  throw new LookupProblem(
    `${host} redirects more than ${MOST_REDIRECTS} times; have the registry set right.`,
  );
}

function redirectOf({ status, headers }: HttpAnswer, url: URL): URL | undefined {
  if (!REDIRECTS.includes(status) || headers.location === undefined) return undefined;
  return URL.parse(headers.location, url.href) ?? undefined;
}

/** A login for one registry is nobody else's business, so another host's question for one ends here. */
function fromElsewhere(answer: HttpAnswer, url: URL, origin: string, host: string): HttpAnswer {
  if (url.origin === origin || (answer.status !== 401 && answer.status !== 403)) return answer;
  throw new LookupProblem(
    `${host} redirects to ${url.host}, which answered ${answer.status}; name the image as ${url.host} has it, and log in there.`,
  );
}
