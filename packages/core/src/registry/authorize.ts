import { isSafe, type RegistryAddress } from './address.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { RegistryClient } from './client.ts';
import { basic, type Credentials } from './credentials.ts';
import type { HttpAnswer, HttpRequest } from './http-send.ts';
import { LookupProblem } from './lookup-problem.ts';
import { refused } from './refusal.ts';

/** What to send with the next request, and as whom. */
export interface Authorization {
  /** Value of the header; undefined when there is nothing to show. */
  readonly header: string | undefined;
  /** Undefined: nobody logged in. */
  readonly credentials: Credentials | undefined;
}

/**
 * Answers a registry's 401 as Docker does: a Bearer challenge by a token for pulling this one repository, whatever
 * scope the registry asks for; a Basic challenge by the login itself.
 * https://distribution.github.io/distribution/spec/auth/token/
 *
 * @throws LookupProblem when the registry cannot be answered safely, or the token service refuses
 */
export async function authorize(
  answer: HttpAnswer,
  address: RegistryAddress,
  client: RegistryClient,
): Promise<Authorization> {
  const challenges = parseChallenges(answer.headers['www-authenticate'] ?? '');
  const credentials = await client.credentials(address);
  if (credentials?.kind === 'bearer') return { credentials, header: `Bearer ${credentials.token}` };
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer !== undefined) {
    const token = await fetchToken(bearer, address, credentials, client);
    return { credentials, header: `Bearer ${token}` };
  }
  const canBeBasic = challenges.some(({ scheme }) => scheme === 'basic') && credentials?.kind === 'password';
  return { credentials, header: canBeBasic ? basic(credentials.user, credentials.password) : undefined };
}

async function fetchToken(
  { parameters }: Challenge,
  address: RegistryAddress,
  credentials: Credentials | undefined,
  client: RegistryClient,
): Promise<string> {
  const realm = realmOf(parameters.realm, address);
  const asked = { service: parameters.service, scope: `repository:${address.repository}:pull` };
  const answer = await client.send(tokenRequest(realm, asked, credentials));
  if (answer.status === 401 || answer.status === 403)
    throw refused(address, credentials, answer.status, realm.host);
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token === undefined)
    throw new LookupProblem(
      `the token service ${realm.host} of ${address.host} answered ${answer.status} and no token; try again later.`,
    );
  return token;
}

function realmOf(realm: string | undefined, { host, origin }: RegistryAddress): URL {
  const url = URL.parse(realm ?? '');
  if (url !== null && isSafe(url, origin)) return url;
  const where = url === null ? 'an address that is none' : `${url.protocol}//${url.host}`;
  throw new LookupProblem(
    `${host} sends logins to ${where}, which is not https; nothing was sent, so have the registry's token service set right.`,
  );
}

function tokenRequest(
  realm: URL,
  { service, scope }: { readonly service: string | undefined; readonly scope: string },
  credentials: Credentials | undefined,
): HttpRequest {
  const fields = new URLSearchParams({ ...(service !== undefined && { service }), scope });
  if (credentials?.kind === 'identity') return refreshRequest(realm, fields, credentials.token);
  const url = new URL(realm);
  for (const [name, value] of fields) url.searchParams.set(name, value);
  const isPassword = credentials?.kind === 'password';
  const headers = isPassword ? { authorization: basic(credentials.user, credentials.password) } : {};
  return { method: 'GET', url: url.href, headers: { accept: 'application/json', ...headers } };
}

/** https://distribution.github.io/distribution/spec/auth/oauth/ */
function refreshRequest(realm: URL, fields: URLSearchParams, token: string): HttpRequest {
  fields.set('grant_type', 'refresh_token');
  fields.set('client_id', 'gitops-actions');
  fields.set('refresh_token', token);
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url: realm.href, headers, body: fields.toString() };
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const fields: unknown = JSON.parse(body.toString('utf8'));
    if (typeof fields !== 'object' || fields === null) return undefined;
    const token =
      'token' in fields && fields.token !== ''
        ? fields.token
        : 'access_token' in fields
          ? fields.access_token
          : '';
    // Anything else could not stand in a header.
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
