import { ConfigurationError, type InputReader, illegal, nearest } from '@gitops-actions/core/action';
import {
  type Format,
  foreignCharacter,
  isPlaceholder,
  PLACEHOLDERS,
  parseFormat,
  placeholderProblem,
  placeholdersIn,
  readPlaceholder,
  textsIn,
} from '@gitops-actions/core/release';

/** A format together with the input it came from, for errors. */
export interface FormatInput {
  readonly input: string;
  readonly written: string;
  readonly format: Format;
}

/**
 * Reads a format and refuses what no run could make an id from, so that a slip in `preview-format` shows on a push too.
 *
 * @throws ConfigurationError on an unknown placeholder, a bad date format, or a character that no image tag may hold
 */
export function readFormat(reader: InputReader, input: string): FormatInput {
  const written = reader.required(input);
  const format = parseFormat(written);
  for (const placeholder of placeholdersIn(format)) {
    const { name } = readPlaceholder(placeholder);
    if (!isPlaceholder(name)) throw unknown(input, placeholder);
    const problem = placeholderProblem(placeholder);
    if (problem !== undefined)
      throw new ConfigurationError(
        `Input "${input}" uses {{${placeholder.slice(0, 50)}}}, which ${problem}.`,
      );
  }
  for (const text of textsIn(format)) {
    const foreign = foreignCharacter(text);
    if (foreign !== undefined) throw notInATag(input, written, foreign);
  }
  return { input, written, format };
}

function unknown(input: string, placeholder: string): ConfigurationError {
  const { name } = readPlaceholder(placeholder);
  const near = name === '' ? undefined : nearest(name.toLowerCase(), PLACEHOLDERS);
  const known = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');
  const cure = near === undefined ? `known are ${known}.` : `did you mean {{${near}}}?`;
  return new ConfigurationError(
    `Input "${input}" uses {{${placeholder.slice(0, 50)}}}, which is not a placeholder; ${cure}`,
  );
}

function notInATag(input: string, written: string, character: string): ConfigurationError {
  return illegal(
    input,
    written,
    `an image tag of letters, digits, ".", "_" and "-" with placeholders such as {{sha}}, without ${JSON.stringify(character)}`,
  );
}
