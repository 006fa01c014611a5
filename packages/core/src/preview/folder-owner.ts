import { ConfigurationError } from '../action/index.ts';
import type { Snapshot } from '../gitops/index.ts';
import type { PreviewSpec } from './engine.ts';
import { readRecord, recordFile } from './preview-folder.ts';
import { isSamePreview, type PreviewRecord, RECORD_FILE } from './record.ts';

/**
 * The record that stands in a preview's folder; undefined when the folder is not there.
 *
 * @param name the repository's, for the error
 * @throws ConfigurationError when the folder is not this preview's
 */
export function standingRecord(
  snapshot: Snapshot,
  folder: string,
  preview: PreviewSpec,
  name: string,
): PreviewRecord | undefined {
  if (snapshot.files.length === 0) return undefined;
  const file = recordFile(snapshot.files, folder);
  const refuse = (why: string) =>
    new ConfigurationError(
      `${folder} in ${name} ${why}; nothing was written. Choose another "name" or "path", or remove that folder.`,
    );
  if (file === undefined) throw refuse(`has files but no ${RECORD_FILE}, so it is not a preview`);
  const record = readRecord(file);
  if (typeof record === 'string') throw refuse(`cannot be taken over: ${record.replace(/\.$/, '')}`);
  if (isOfOtherJob(record, preview)) {
    throw refuse(`was written by another job of this run, with the image ${record.image}`);
  }
  if (isSamePreview(record, preview)) return record;
  const service = record.service === '' ? '' : `, service ${record.service}`;
  throw refuse(
    `belongs to pull request ${record.pullRequest} of ${record.repository} on ${record.server}${service}`,
  );
}

/** A matrix without `service`: its jobs would overwrite each other's preview without a word. */
export function isOfOtherJob(a: PreviewRecord, b: PreviewRecord): boolean {
  const isSameRun = a.runId === b.runId && a.runAttempt === b.runAttempt;
  return isSameRun && isSamePreview(a, b) && a.image !== b.image;
}
