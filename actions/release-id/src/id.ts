import { ConfigurationError, type Run } from '@gitops-actions/core/action';
import {
  type Format,
  isOciTag,
  isPlaceholder,
  OCI_TAG_LENGTH,
  type Placeholder,
  placeholderValue,
  type ReleaseFacts,
  renderFormat,
} from '@gitops-actions/core/release';
import type { FormatInput } from './format-input.ts';

/** Where a placeholder that not every run can fill has a value. */
const FILLED: Readonly<Partial<Record<Placeholder, string>>> = {
  branch: 'on a branch or a pull request',
  tag: 'on a git tag',
  pr: 'on a pull request or its merge queue entry',
};

/**
 * Makes the id.
 *
 * @param format the input's, with its dates written
 * @throws ConfigurationError when a placeholder has no value in this run, or the result is not a valid image tag
 */
export function makeId({ input }: FormatInput, format: Format, facts: ReleaseFacts, run: Run): string {
  const id = renderFormat(format, (name) => {
    const value = isPlaceholder(name) ? placeholderValue(name, facts) : undefined;
    if (value === undefined) throw withoutValue(input, name, run);
    return value;
  });
  if (isOciTag(id)) return id;
  const shown = JSON.stringify(id.length > OCI_TAG_LENGTH ? `${id.slice(0, 100)}…` : id);
  const reason =
    id.length > OCI_TAG_LENGTH
      ? `has ${id.length} characters; at most ${OCI_TAG_LENGTH} are allowed, so leave a long placeholder out`
      : 'begins with a sign; begin the format with a letter, a digit or "_"';
  throw new ConfigurationError(
    `Input "${input}" gives the id ${shown}, which is not a valid image tag: it ${reason}.`,
  );
}

function withoutValue(input: string, name: string, { eventName, ref }: Run): ConfigurationError {
  const filled = isPlaceholder(name) ? FILLED[name] : undefined;
  return new ConfigurationError(
    `Input "${input}" uses {{${name}}}, which has no value for the event "${eventName}" on "${ref}"; ` +
      `leave it out, or run this workflow ${filled ?? 'where it has one'}.`,
  );
}
