import { ConfigurationError, type InputReader, nearest, type Run } from '../action/index.ts';
import { type CommitMessage, releaseTrailers } from '../gitops/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { type Format, parseFormat, placeholdersIn, renderFormat } from '../release/index.ts';

const PLACEHOLDERS = ['images', 'release', 'repository', 'sha', 'run_number'];
const LONGEST_HEADLINE = 200;

/** Reads the template of the commit message. @throws ConfigurationError for a placeholder that it does not have */
export function readMessage(reader: InputReader): Format {
  const format = parseFormat(reader.required('message'));
  const unknown = placeholdersIn(format).find((name) => !PLACEHOLDERS.includes(name));
  if (unknown === undefined) return format;
  const near = nearest(unknown, PLACEHOLDERS);
  const hint = near === undefined ? `there are: ${PLACEHOLDERS.join(', ')}` : `did you mean {{${near}}}?`;
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
  const [first = '', ...rest] = renderFormat(format, (name) => values[name] ?? '').split('\n');
  const text = rest.join('\n').trim();
  const trailers = releaseTrailers(releases, run);
  return {
    // A template of placeholders alone may come out empty, and a commit must have a first line.
    headline: first.trim().slice(0, LONGEST_HEADLINE).toWellFormed() || `Release ${values.images}`,
    body: text === '' ? trailers : `${text}\n\n${trailers}`,
  };
}

function namesOf(images: readonly ImageTarget[]): string {
  if (images.length === 0) return 'values';
  const names = images.map(({ reference }) =>
    reference.written.slice(reference.written.lastIndexOf('/') + 1),
  );
  return names.length > 3 ? `${names.length} images` : names.join(', ');
}
