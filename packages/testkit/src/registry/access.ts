import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../http/answer.ts';
import { RegistryRefusal } from './refusal.ts';
import type { RegistryAuth, RegistryOptions } from './types.ts';

/** Who may do what, and the token service. */
export interface Access {
  readonly identityToken: string;
  /** Throws a 401 with the challenge, when a request may not do this. */
  admit(headers: IncomingHttpHeaders, name: string, right: 'pull' | 'push'): void;
  /** The token service: https://distribution.github.io/distribution/spec/auth/token/ */
  issue(headers: IncomingHttpHeaders, method: string, url: URL, body: Buffer): Answer;
}

const SERVICE = 'registry.loopback';

const isLogin = ({ username, password }: RegistryAuth, header: string | undefined): boolean =>
  header === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export function createAccess(options: RegistryOptions, url: string): Access {
  const { auth, realm = `${url}/token`, public: open = [] } = options;
  const identityToken = randomUUID();
  const granted = new Map<string, ReadonlySet<string>>();
  const challenge = (name: string, right: string) =>
    auth?.scheme === 'basic'
      ? 'Basic realm="registry"'
      : `Bearer realm="${realm}",service="${SERVICE}",scope="repository:${name}:${right}"`;
  const isAdmitted = (header: string | undefined, name: string, right: string): boolean => {
    if (!auth) return true;
    if (auth.scheme === 'basic') return isLogin(auth, header) || (right === 'pull' && open.includes(name));
    const scopes = granted.get((header ?? '').replace(/^Bearer /, ''));
    return scopes?.has(`${name}:${right}`) ?? false;
  };
  return {
    identityToken,
    admit({ authorization }, name, right) {
      if (isAdmitted(authorization, name, right)) return;
      const headers = { 'www-authenticate': challenge(name, right) };
      throw new RegistryRefusal(401, 'UNAUTHORIZED', 'authentication required', headers);
    },
    issue({ authorization }, method, asked, body) {
      const fields = method === 'POST' ? new URLSearchParams(body.toString()) : asked.searchParams;
      const isKnown =
        auth !== undefined && (isLogin(auth, authorization) || fields.get('refresh_token') === identityToken);
      if (!isKnown && (authorization !== undefined || fields.has('refresh_token')))
        throw new RegistryRefusal(401, 'UNAUTHORIZED', 'incorrect username or password');
      if (fields.get('service') !== SERVICE)
        throw new RegistryRefusal(400, 'UNSUPPORTED', 'token for another service');
      const rights = fields.getAll('scope').flatMap((scope) => rightsOf(scope));
      const token = randomUUID();
      granted.set(token, new Set(rights.filter((right) => isKnown || isOpen(right, open))));
      return { status: 200, body: method === 'POST' ? { access_token: token } : { token, expires_in: 300 } };
    },
  };
}

/** `repository:acme/web:pull,push` → `acme/web:pull`, `acme/web:push`. */
function rightsOf(scope: string): string[] {
  const [, name = '', actions = ''] = /^repository:([^:]+):([a-z,*]+)$/.exec(scope) ?? [];
  return name === '' ? [] : actions.split(',').map((action) => `${name}:${action}`);
}

function isOpen(right: string, open: readonly string[]): boolean {
  return open.some((name) => right === `${name}:pull`);
}
