import { illegal } from '@gitops-actions/core/action';

const KEY = 'ABC-1';

/**
 * Checks the template of the address of a ticket.
 *
 * @param input the input it came from, for the error
 * @returns undefined when the text is empty
 * @throws ConfigurationError unless it is an http or https address with `{{ticket}}` behind the host
 */
export function readTicketUrl(input: string, text: string): string | undefined {
  if (text === '') return undefined;
  const address = URL.parse(text.replaceAll('{{ticket}}', KEY));
  const behindHost = address === null ? '' : `${address.pathname}${address.search}${address.hash}`;
  const isLegal =
    address !== null &&
    /^https?:\/\/[^\s]+$/i.test(text) &&
    address.username === '' &&
    address.password === '' &&
    text.includes('{{ticket}}') &&
    !/\{\{|\}\}/.test(text.replaceAll('{{ticket}}', '')) &&
    !address.host.includes(KEY.toLowerCase()) &&
    behindHost.includes(KEY);
  if (isLegal) return text;
  throw illegal(
    input,
    text,
    'an http or https address that holds {{ticket}}, such as https://acme.atlassian.net/browse/{{ticket}}',
  );
}
