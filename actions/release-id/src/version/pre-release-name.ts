import { illegal } from '@gitops-actions/core/action';

/**
 * Checks the name of a pre-release, one identifier of https://semver.org/#spec-item-9 that is not a number.
 *
 * @param input the input it came from, for the error
 * @throws ConfigurationError for anything else; empty is legal and asks for a release
 */
export function readPreRelease(input: string, text: string): string {
  if (text === '' || /^[A-Za-z][0-9A-Za-z-]*$/.test(text)) return text;
  throw illegal(input, text, 'a name of letters, digits and hyphens that begins with a letter, such as rc');
}
