import type { RegistryAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import { LookupProblem } from './lookup-problem.ts';

/**
 * The clause for a 401 or 403: what is missing, a login or a right.
 *
 * @param credentials what was shown; undefined when nobody logged in
 * @param by the host that refused
 */
export function refused(
  { host }: RegistryAddress,
  credentials: Credentials | undefined,
  status: number,
  by: string,
): LookupProblem {
  const hint = host === 'ghcr.io' ? ', with packages: read and access to the package' : '';
  if (credentials === undefined)
    return new LookupProblem(
      `${by} answered ${status} and this job is not logged in to ${host}; ` +
        `log in with docker/login-action before this step${hint}, or correct the name.`,
    );
  const who = credentials.kind === 'password' ? ` of user "${printable(credentials.user)}"` : '';
  return new LookupProblem(
    `${by} refused the login${who} (${status}); ` +
      `log in to ${host} with docker/login-action as somebody who may pull this image${hint}, or correct the name.`,
  );
}

function printable(text: string): string {
  return text.replace(/[\s\p{Cc}"]+/gu, ' ').slice(0, 64);
}
