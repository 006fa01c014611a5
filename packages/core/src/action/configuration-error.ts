/**
 * What the person who wrote the workflow can mend: an input, a setting, a permission, a file.
 * The message is one sentence (or two) that says what is wrong, what was given and what is legal.
 * The boundary prints it without a stack.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The job was cancelled by the runner (SIGINT, later SIGTERM). Abort signals carry it as their reason. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor(signalName: string) {
    super(`Cancelled by the runner (${signalName}).`);
  }
}

/**
 * Turns whatever was thrown into a message, without its stack.
 *
 * @param thrown anything a `catch` may receive, also from another realm
 * @returns the message of an error, otherwise the value as text
 */
export function messageOf(thrown: unknown): string {
  if (Error.isError(thrown)) return thrown.message || thrown.name;
  if (typeof thrown === 'string') return thrown;
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    // A circle, a bigint.
    return Object.prototype.toString.call(thrown);
  }
}
