import type { Log } from '../action/index.ts';
import { type CommitMessage, type Edit, type GitOpsRepository, land } from '../gitops/index.ts';
import { isLaterRun } from '../release/index.ts';
import type {
  Deployed,
  Listing,
  LivePreview,
  PreviewEngine,
  PreviewSpec,
  Removal,
  Standing,
} from './engine.ts';
import { standingRecord } from './folder-owner.ts';
import { difference, filesOf, holds, readRecord, recordFile } from './preview-folder.ts';
import {
  isOurs,
  isSameDeployment,
  isSamePreview,
  type Mark,
  type PreviewRecord,
  RECORD_FILE,
} from './record.ts';
import type { TemplateFile } from './render.ts';

export interface GitOpsEngineOptions {
  readonly repository: GitOpsRepository;
  /** Folder that holds one folder per preview; no slash at either end. */
  readonly path: string;
  /** Only previews with this mark are listed. */
  readonly mark: Mark;
  /** What `deploy` renders; not needed to list and to remove. */
  readonly template?: readonly TemplateFile[];
  /** How long to go on after conflicts; milliseconds. */
  readonly deadline: number;
  readonly log: Log;
  /** Address of the run, for the commit's trailer. */
  readonly runUrl: string;
}

/**
 * Previews as folders of a GitOps repository, which Argo CD or Flux applies: `<path>/<name>/` holds the rendered
 * files and the record `preview.yaml`. Needs no access to a cluster.
 */
export function createGitOpsEngine(options: GitOpsEngineOptions): PreviewEngine {
  return {
    deploy: (preview, signal) => deploy(options, preview, signal),
    check: (preview, signal) => check(options, preview, signal),
    list: (signal) => list(options, signal),
    remove: (preview, signal) => remove(options, preview, signal),
  };
}

async function deploy(
  options: GitOpsEngineOptions,
  preview: PreviewSpec,
  signal: AbortSignal,
): Promise<Deployed> {
  const folder = `${options.path}/${preview.name}`;
  const files = filesOf(options.template ?? [], preview, folder);
  const message = messageFor(options, `Preview ${preview.name}: ${preview.image}`, preview);
  const landing = await land(
    options.repository,
    (snapshot): Edit<PreviewRecord> => {
      const standing = standingRecord(snapshot, folder, preview, options.repository.name);
      if (standing && isLaterRun(standing, preview)) return { changes: [], message, result: standing };
      return { changes: difference(snapshot.files, files), message, result: preview };
    },
    { paths: [folder], deadline: options.deadline, signal, log: options.log },
  );
  if (landing.result !== preview) return { kind: 'superseded', by: landing.result };
  return {
    kind: 'deployed',
    where: whereIs(options, preview.name),
    commit: landing.commit,
    url: landing.url,
  };
}

async function check(
  { repository, path }: GitOpsEngineOptions,
  preview: PreviewSpec,
  signal: AbortSignal,
): Promise<Standing> {
  const { files } = await repository.read([`${path}/${preview.name}/${RECORD_FILE}`], signal);
  const record = files[0] && readRecord(files[0]);
  if (record === undefined || typeof record === 'string') return { kind: 'gone' };
  if (isSameDeployment(record, preview)) return { kind: 'standing' };
  return isSamePreview(record, preview) ? { kind: 'replaced', by: record } : { kind: 'gone' };
}

async function list(options: GitOpsEngineOptions, signal: AbortSignal): Promise<Listing> {
  const { files } = await options.repository.read([`${options.path}/*/${RECORD_FILE}`], signal);
  const read = files.map((file) => ({ name: file.path.split('/').at(-2) ?? '', record: readRecord(file) }));
  const previews = read.flatMap(({ name, record }) =>
    typeof record !== 'string' && record.name === name && isOurs(record, options.mark)
      ? [{ record, where: whereIs(options, name) }]
      : [],
  );
  const unreadable = read.flatMap(({ name, record }) => {
    if (typeof record === 'string') return [{ name, reason: record }];
    if (record.name === name || !isOurs(record, options.mark)) return [];
    return [{ name, reason: `The record in the folder "${name}" names the preview "${record.name}".` }];
  });
  return { previews, unreadable };
}

async function remove(
  options: GitOpsEngineOptions,
  preview: LivePreview,
  signal: AbortSignal,
): Promise<Removal> {
  const { record } = preview;
  const folder = `${options.path}/${record.name}`;
  const message = messageFor(options, `Remove preview ${record.name}`, record);
  const landing = await land(
    options.repository,
    ({ files }): Edit<'ours' | 'changed'> => {
      const isGone = files.length === 0;
      if (!isGone && !holds(files, folder, record)) return { changes: [], message, result: 'changed' };
      return { changes: files.map(({ path }) => ({ path, content: null })), message, result: 'ours' };
    },
    { paths: [folder], deadline: options.deadline, signal, log: options.log },
  );
  if (landing.result === 'changed') {
    return { kind: 'changed', reason: `${preview.where} was changed while it was looked at` };
  }
  const { files } = await options.repository.read([folder], signal);
  const isDeployedAnew = recordFile(files, folder) !== undefined && !holds(files, folder, record);
  return { kind: 'removed', leftovers: isDeployedAnew ? [] : files.map(({ path }) => path) };
}

function messageFor({ runUrl }: GitOpsEngineOptions, headline: string, record: PreviewRecord): CommitMessage {
  const trailers = [
    `Preview: ${record.name}`,
    `Preview-Expires: ${record.expires}`,
    `Source-Repository: ${record.repository}`,
    `Source-Commit: ${record.head}`,
    `Source-Run: ${runUrl}`,
  ];
  return { headline, body: trailers.join('\n') };
}

function whereIs({ path, repository }: GitOpsEngineOptions, name: string): string {
  return `${path}/${name} in ${repository.name}`;
}
