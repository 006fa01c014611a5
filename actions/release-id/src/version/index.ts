export type { Commit } from './commit-message.ts';
export { readPreRelease } from './pre-release-name.ts';
export { readVersion, type Version, type VersionRequest } from './read-version.ts';
export { type NotesRequest, releaseNotes } from './release-notes.ts';
export { readTicketUrl } from './ticket-url.ts';
