import type { Run } from '@gitops-actions/core/action';
import { namesOf, renderMessage } from '@gitops-actions/core/delivery';
import { type CommitMessage, releaseTrailers } from '@gitops-actions/core/gitops';
import { releaseOf } from '@gitops-actions/core/manifest';
import type { Format } from '@gitops-actions/core/release';
import type { Bad } from './choose-bad.ts';
import type { Undo } from './choose-good.ts';

const LONGEST_REASON = 1000;

/** The ids that images go back to, each once. */
export function goodReleases(undo: readonly Undo[]): readonly string[] {
  return [...new Set(undo.map(({ to }) => releaseOf(to)))];
}

/** Text from anywhere as one line of a commit message, in which nothing can pass for a trailer. */
export function reasonLine(reason: string): string {
  const line = oneLine(reason, LONGEST_REASON);
  return line === '' ? '' : `Reason: ${line}`;
}

/** Text from anywhere as one line, without characters that are not seen or turn others around. */
export function oneLine(text: string, longest: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
}

/** The message of a rollback: the template, the reason, and the trailers that say what was taken back by which run. */
export function rollbackMessage(
  format: Format,
  bad: Bad,
  undo: readonly Undo[],
  reason: string,
  run: Run,
): CommitMessage {
  const good = goodReleases(undo);
  const targets = new Map(undo.map(({ target }) => [target.reference.name, target]));
  const values = {
    images: namesOf([...targets.values()]),
    from: bad.releases.join(', '),
    to: good.join(', '),
    repository: run.repository,
    sha: run.sha,
    run_number: String(run.runNumber),
  };
  const trailers = releaseTrailers(good, run, bad.releases);
  const line = reasonLine(reason);
  return renderMessage(format, values, line === '' ? trailers : `${line}\n\n${trailers}`);
}
