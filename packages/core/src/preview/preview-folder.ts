import { messageOf } from '../action/index.ts';
import type { FileChange, RepositoryFile } from '../gitops/index.ts';
import type { PreviewSpec } from './engine.ts';
import { formatRecord, isSameDeployment, type PreviewRecord, parseRecord, RECORD_FILE } from './record.ts';
import { renderFile, type TemplateFile } from './render.ts';

/** Whether the folder's files are those of exactly this deployment. */
export function holds(files: readonly RepositoryFile[], folder: string, record: PreviewRecord): boolean {
  const file = recordFile(files, folder);
  const found = file && readRecord(file);
  return found !== undefined && typeof found !== 'string' && isSameDeployment(found, record);
}

/** The file that holds the folder's record, if there is one. */
export function recordFile(files: readonly RepositoryFile[], folder: string): RepositoryFile | undefined {
  return files.find(({ path }) => path === `${folder}/${RECORD_FILE}`);
}

/** The record in a file, or what is wrong with it. */
export function readRecord(file: RepositoryFile): PreviewRecord | string {
  if (file.mode !== 'regular') return `${file.path} is not a regular file.`;
  try {
    return parseRecord(file.content.toString('utf8'), file.path);
  } catch (error) {
    return messageOf(error);
  }
}

/** All files of a preview, below its folder: the template's, rendered, and the record. */
export function filesOf(
  template: readonly TemplateFile[],
  preview: PreviewSpec,
  folder: string,
): readonly TemplateFile[] {
  const record = { path: RECORD_FILE, content: Buffer.from(formatRecord(preview)) };
  const rendered = template.map((file) => renderFile(file, preview));
  return [...rendered, record].map(({ path, content }) => ({ path: `${folder}/${path}`, content }));
}

/** What turns the files that are there into the wanted ones; empty when they are the same. */
export function difference(
  there: readonly RepositoryFile[],
  wanted: readonly TemplateFile[],
): readonly FileChange[] {
  const paths = new Set(wanted.map(({ path }) => path));
  const written = wanted.filter(
    ({ path, content }) => !there.some((file) => file.path === path && file.content.equals(content)),
  );
  const dropped = there.filter(({ path }) => !paths.has(path)).map(({ path }) => ({ path, content: null }));
  return [...written, ...dropped];
}
