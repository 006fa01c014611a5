import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import {
  ConfigurationError,
  type InputReader,
  illegal,
  messageOf,
  type Run,
} from '@gitops-actions/core/action';
import { type Mode, writesText } from './mode.ts';

/** Where a message file may lie. */
type Folders = Pick<Run, 'workspace' | 'temp'>;

/** Bytes. What does not fit into a comment goes to the job summary, which takes 1 MiB. */
const LARGEST = 1_000_000;

/**
 * The text to write: `message`, or what stands in `message-file`; empty when the mode writes none. Secrets read so far are
 * replaced by `***`.
 *
 * @throws ConfigurationError when there is no text, or one that is not written, when both are given, or when the file is not a readable file inside the
 * workspace or the runner's temporary folder
 */
export function readMessage(reader: InputReader, folders: Folders, mode: Mode): string {
  const message = reader.text('message');
  const file = reader.text('message-file');
  if (message !== '' && file !== '')
    throw new ConfigurationError('Both "message" and "message-file" are given; give one of them.');
  if (!writesText(mode))
    return refuseText(message === '' ? file : message, message === '' ? 'message-file' : 'message', mode);
  if (message === '' && file === '')
    throw new ConfigurationError('Neither "message" nor "message-file" is given; one of them is required.');
  const text = file === '' ? message : readMessageFile(file, folders);
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST)
    throw new ConfigurationError(`Input "message" is ${bytes} bytes long; at most ${LARGEST} are possible.`);
  return reader.withoutSecrets(text);
}

/** A text that would go nowhere: nobody writes it for nothing. */
function refuseText(value: string, name: string, mode: Mode): string {
  if (value === '') return value;
  throw new ConfigurationError(`Input "${name}" is given, but mode "${mode}" writes nothing; leave it out.`);
}

function readMessageFile(file: string, { workspace, temp }: Folders): string {
  const folders = [workspace, temp].filter((folder) => folder !== '');
  const path = resolve(folders[0] ?? '/', file);
  requireInside(path, folders, file);
  try {
    // Whoever made the files may have made a link: to a file outside, or to credentials inside.
    const real = realpathSync(path);
    const isPlain = folders.some((folder) => real === resolve(realpathSync(folder), relative(folder, path)));
    if (!isPlain) throw illegal('message-file', file, 'a file, with no symbolic link in its path');
    return contentOf(real, file);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      `Input "message-file" is ${JSON.stringify(file)}; it cannot be read (${reasonOf(error)}). Check that an earlier step of this job writes it.`,
    );
  }
}

function reasonOf(error: unknown): string {
  const isMissing = Error.isError(error) && 'code' in error && error.code === 'ENOENT';
  return isMissing ? 'there is no such file' : messageOf(error);
}

function requireInside(path: string, folders: readonly string[], file: string): void {
  const isInside = folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
  if (!isInside)
    throw illegal('message-file', file, "a file inside the workspace or the runner's temporary folder");
}

function contentOf(path: string, file: string): string {
  const stat = statSync(path);
  if (!stat.isFile()) throw illegal('message-file', file, 'a file');
  if (stat.size > LARGEST)
    throw illegal('message-file', file, `at most ${LARGEST} bytes long, not ${stat.size}`);
  const text = readFileSync(path, 'utf8').trim();
  if (text === '') throw illegal('message-file', file, 'a file that is not empty');
  return text;
}
