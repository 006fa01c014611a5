import { ConfigurationError } from '../../action/index.ts';
import { explain, failureKind } from '../failure.ts';

/** What keeps a token from writing: its rights, or the state of the conversation or repository. */
export type RefusalReason = 'forbidden' | 'locked' | 'archived' | 'full';

/** GitHub will not let this token write here, now. */
export class WriteRefused extends ConfigurationError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

const CLOSED = {
  locked: 'the conversation is locked',
  archived: 'the repository is archived',
  full: 'it has as many comments as GitHub allows (2,500); delete some of them, or write elsewhere',
} as const;

/**
 * The error for a write that failed.
 *
 * @param thrown what the client threw
 * @param place `acme/shop#42`
 * @param permission what the token needs there: `pull-requests: write`
 */
export function writeFailure(thrown: unknown, place: string, permission: string): Error {
  const reason = closedReason(thrown);
  if (reason !== undefined)
    return new WriteRefused(reason, `Cannot comment on ${place}: ${CLOSED[reason]}.`, { cause: thrown });
  const error = explain(thrown, `comment on ${place}`, permission);
  return failureKind(thrown) === 'forbidden'
    ? new WriteRefused('forbidden', error.message, { cause: thrown })
    : error;
}

/** Whether the error is a refusal that a workflow may live with, not a mistake in it. */
export function isRefused(thrown: unknown): thrown is WriteRefused {
  return thrown instanceof WriteRefused;
}

function closedReason(thrown: unknown): keyof typeof CLOSED | undefined {
  const kind = failureKind(thrown);
  if (kind === 'ambiguous' || kind === 'rate-limited') return undefined;
  const said = Error.isError(thrown) ? thrown.message.toLowerCase() : '';
  // "Commenting is disabled on issues with more than 2500 comments"
  if (/more than [\d,]+ comments/.test(said)) return 'full';
  // Whole words: GitHub also says "blocked", and of people.
  const words = said.split(/[^a-z]+/);
  return (['locked', 'archived'] as const).find((candidate) => words.includes(candidate));
}
