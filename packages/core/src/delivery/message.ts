import { ConfigurationError, type InputReader, nearest, type Run } from '../action/index.ts';
import { type CommitMessage, releaseTrailers } from '../gitops/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { type Format, parseFormat, placeholdersIn, renderFormat } from '../release/index.ts';

const PLACEHOLDERS = ['images', 'release', 'repository', 'sha', 'run_number'];
const LONGEST_HEADLINE = 200;

/**
 * Reads the template of the commit message.
 *
 * @param placeholders those it has
 * @throws ConfigurationError for another one
 */
export function readMessage(reader: InputReader, placeholders: readonly string[] = PLACEHOLDERS): Format {
  const format = parseFormat(reader.required('message'));
  const unknown = placeholdersIn(format).find((name) => !placeholders.includes(name));
  if (unknown === undefined) return format;
  const near = nearest(unknown, placeholders);
  const hint = near === undefined ? `there are: ${placeholders.join(', ')}` : `did you mean {{${near}}}?`;
  throw new ConfigurationError(`Input "message" has the unknown placeholder {{${unknown}}}; ${hint}`);
}

/** The message of a commit: first line, the template's other lines, and the trailers that say which run wrote what. */
export function commitMessage(format: Format, images: readonly ImageTarget[], run: Run): CommitMessage {
  const releases = [...new Set(images.map(({ reference }) => reference.tag ?? reference.digest ?? ''))];
  const values: Readonly<Record<string, string>> = {
    images: namesOf(images),
    release: releases.join(', '),
    repository: run.repository,
    sha: run.sha,
    run_number: String(run.runNumber),
  };
  return renderMessage(format, values, releaseTrailers(releases, run));
}

/**
 * A message from a template: its first line, its other lines, and the trailers.
 *
 * @param values of the placeholders; those of `images` alone make a headline where the template comes out empty
 */
export function renderMessage(
  format: Format,
  values: Readonly<Record<string, string>>,
  trailers: string,
): CommitMessage {
  const [first = '', ...rest] = renderFormat(format, (name) => values[name] ?? '').split('\n');
  const text = rest.join('\n').trim();
  return {
    // A template of placeholders alone may come out empty, and a commit must have a first line.
    headline: first.trim().slice(0, LONGEST_HEADLINE).toWellFormed() || `Release ${values.images}`,
    body: text === '' ? trailers : `${text}\n\n${trailers}`,
  };
}

/** Images as a headline names them: the last parts of their names, or how many there are. */
export function namesOf(images: readonly ImageTarget[]): string {
  if (images.length === 0) return 'values';
  const names = images.map(({ reference }) =>
    reference.written.slice(reference.written.lastIndexOf('/') + 1),
  );
  return names.length > 3 ? `${names.length} images` : names.join(', ');
}
