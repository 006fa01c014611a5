import { ConfigurationError } from '../../action/index.ts';
import { explain, failureKind } from '../failure.ts';

/** GitHub will not let this token write here, now: a read-only token, a locked conversation, an archived repository. */
export class WriteRefused extends ConfigurationError {}

const CLOSED: Readonly<Record<string, string>> = {
  locked: 'the conversation is locked',
  archived: 'the repository is archived',
};

/**
 * The error for a write that failed.
 *
 * @param thrown what the client threw
 * @param place `acme/shop#42`
 */
export function writeFailure(thrown: unknown, place: string): Error {
  const reason = closedReason(thrown);
  if (reason !== undefined)
    return new WriteRefused(`Cannot comment on ${place}: ${reason}.`, { cause: thrown });
  const error = explain(thrown, `comment on ${place}`, 'pull-requests: write');
  return failureKind(thrown) === 'forbidden' ? new WriteRefused(error.message, { cause: thrown }) : error;
}

/** Whether the error is a refusal that a workflow may live with, not a mistake in it. */
export function isRefused(thrown: unknown): thrown is WriteRefused {
  return thrown instanceof WriteRefused;
}

function closedReason(thrown: unknown): string | undefined {
  const kind = failureKind(thrown);
  if (kind === 'ambiguous' || kind === 'rate-limited') return undefined;
  // Whole words: GitHub also says "blocked", and of people.
  const words = Error.isError(thrown) ? thrown.message.toLowerCase().split(/[^a-z]+/) : [];
  const word = Object.keys(CLOSED).find((candidate) => words.includes(candidate));
  return word === undefined ? undefined : CLOSED[word];
}
