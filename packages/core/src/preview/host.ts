import { illegal } from '../action/index.ts';
import type { Subject } from './name.ts';
import { fillPlaceholders } from './placeholders.ts';

/** Where a preview answers: under a domain, or at a host of its own. */
export type HostRule = { readonly domain: string } | { readonly host: string };

/** Labels of letters, digits and inner dashes, 63 long at most; 253 in all. https://www.rfc-editor.org/rfc/rfc1123#page-13 */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_HOST = 253;

/**
 * The host of a preview. With a domain it is `<name>.<domain>`: one label, so that one wildcard certificate serves all.
 *
 * @param rule `host` may hold `{{pr}}`, `{{service}}` and `{{name}}`
 * @throws ConfigurationError when the result is not a DNS name
 */
export function previewHost(rule: HostRule, name: string, { pullRequest, service }: Subject): string {
  if ('domain' in rule) return dnsName(`${name}.${parseDomain(rule.domain)}`, 'domain');
  return dnsName(fillPlaceholders(rule.host, { pr: String(pullRequest), service, name }, 'host'), 'host');
}

/**
 * A domain such as `preview.example.com`.
 *
 * @throws ConfigurationError for a URL, a wildcard, a path or anything else that is not a DNS name
 */
export function parseDomain(text: string): string {
  return dnsName(text, 'domain');
}

function dnsName(text: string, input: string): string {
  const host = text.toLowerCase();
  if (host.length <= LONGEST_HOST && host.split('.').every((label) => LABEL.test(label))) return host;
  throw illegal(
    input,
    text,
    'a DNS name such as preview.example.com (no scheme, no wildcard, no path, no port)',
  );
}
