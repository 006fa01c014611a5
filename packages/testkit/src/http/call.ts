import type { TokenRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { RequestRecord } from '../types.ts';

/** One API call on its way through the server. */
export interface Call {
  readonly world: World;
  readonly record: RequestRecord;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: URL;
  /** Null without credentials; unknown credentials are refused before. */
  viewer: TokenRecord | null;
  /** Reads answer as it was so many changes ago. */
  stale: number;
}

/** A header's text; empty without it. */
export function header(call: Pick<Call, 'headers'>, name: string): string {
  const value = call.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}
