import type { Commit } from './commit-message.ts';
import { type LinkTargets, link, notesText, ticketLink, ticketsIn } from './notes-text.ts';

/** A commit as an item of a list: scope, subject, pull request, what it closes, tickets, commit. */
export function notesEntry(commit: Commit, targets: LinkTargets): string {
  const { subject, pullRequest } = splitPullRequest(commit.subject);
  return item(commit, notesText(subject, targets), pullRequest, targets);
}

/** What a commit breaks, an item for each thing. */
export function notesOfBreak(commit: Commit, targets: LinkTargets): readonly string[] {
  if (commit.breaking.length === 0) return [notesEntry(commit, targets)];
  const { pullRequest } = splitPullRequest(commit.subject);
  return commit.breaking.map((text) => item(commit, notesText(text, targets), pullRequest, targets));
}

function item(commit: Commit, text: string, pullRequest: string | undefined, targets: LinkTargets): string {
  const { repositoryUrl } = targets;
  const scope = commit.scope === '' ? '' : `**${notesText(commit.scope, targets)}:** `;
  const number = pullRequest ?? commit.pullRequest;
  const pull = number === undefined ? '' : ` (${link(`#${number}`, `${repositoryUrl}/pull/${number}`)})`;
  const sha = ` (${link(commit.sha.slice(0, 7), `${repositoryUrl}/commit/${commit.sha}`)})`;
  return `- ${scope}${text}${pull}${closed(commit, targets)}${tickets(commit, targets)}${sha}`;
}

/** GitHub writes the number of a squashed pull request at the end of the title. */
function splitPullRequest(text: string): { subject: string; pullRequest?: string } {
  const [, subject, pullRequest] = /^(.*) \(#(\d{1,10})\)$/.exec(text) ?? [];
  return subject === undefined || pullRequest === undefined ? { subject: text } : { subject, pullRequest };
}

/** Issues that a keyword closes; the subject shows its own. */
function closed({ references, subject }: Commit, { repositoryUrl }: LinkTargets): string {
  const server = repositoryUrl.split('/').slice(0, -2).join('/');
  const links = references
    .filter(
      ({ action, issue, raw }) =>
        action !== null && /^\d{1,10}$/.test(issue) && !subject.includes(raw.trim()),
    )
    .map(({ owner, repository, issue }) =>
      owner !== null && repository !== null && /^[\w.-]+$/.test(owner + repository)
        ? link(
            notesPlain(`${owner}/${repository}#${issue}`),
            `${server}/${owner}/${repository}/issues/${issue}`,
          )
        : link(`#${issue}`, `${repositoryUrl}/issues/${issue}`),
    );
  const named = [...new Set(links)];
  return named.length === 0 ? '' : `, closes ${named.join(', ')}`;
}

/** Names of repositories hold no Markdown but the underscore. */
const notesPlain = (text: string) => text.replaceAll('_', '\\_');

/** Tickets that only the footers name. */
function tickets(commit: Commit, targets: LinkTargets): string {
  if (targets.ticketUrl === undefined) return '';
  const shown = new Set(ticketsIn(`${commit.scope} ${commit.subject}`));
  const more = ticketsIn(commit.footer).filter((key) => !shown.has(key));
  return more.length === 0 ? '' : `, ${more.map((key) => ticketLink(key, targets)).join(', ')}`;
}
