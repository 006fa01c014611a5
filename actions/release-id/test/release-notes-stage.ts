import { parseCommit } from '../src/version/commit-message.ts';
import { type NotesRequest, releaseNotes } from '../src/version/index.ts';
import { withoutReverted } from '../src/version/reverts.ts';

export const repositoryUrl = 'https://github.com/acme/shop';
export const ticketUrl = 'https://acme.atlassian.net/browse/{{ticket}}';
export const sha = (number: number) => number.toString(16).padStart(40, '0');
export const parsed = (messages: readonly string[]) =>
  messages.map((text, index) => parseCommit(sha(index + 1), text));

export function notes(messages: readonly string[], more: Partial<NotesRequest> = {}): string {
  const previous = { tag: 'v1.2.3' };
  const commits = withoutReverted(parsed(messages));
  return releaseNotes({ commits, sha: sha(0xabc), previous, repositoryUrl, ticketUrl, ...more });
}
