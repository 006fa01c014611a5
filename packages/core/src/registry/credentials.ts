/** What a registry, or the token service it names, is shown. */
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** OAuth2 refresh token: exchanged at the token service. */
  | { readonly kind: 'identity'; readonly token: string }
  /** Bearer token for the registry itself. */
  | { readonly kind: 'bearer'; readonly token: string };

/** The value of an `Authorization` header: https://www.rfc-editor.org/rfc/rfc7617 */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
