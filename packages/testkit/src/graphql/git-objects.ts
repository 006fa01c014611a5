import { parseCommit, parseTree } from '../git/history.ts';
import type { RepositoryRecord } from '../state/records.ts';
import { nodeId } from '../state/world.ts';
import type {
  BlobSource,
  CommitSource,
  EntrySource,
  Fields,
  RefSource,
  TagSource,
  TreeSource,
} from './source.ts';

export type GitSource = CommitSource | TreeSource | BlobSource | TagSource;

/** Any git object by id or `<commit>:<path>`, as the source of its GraphQL type. */
export async function readGitObject(repository: RepositoryRecord, spec: string): Promise<GitSource | null> {
  const object = await repository.objects.get(spec);
  if (!object) return null;
  const { oid, data, type } = object;
  if (type === 'commit') return { kind: 'commit', repository, detail: parseCommit(oid, data.toString()) };
  return { kind: type, repository, oid, data };
}

/** Source of a ref. */
export function refSource(repository: RepositoryRecord, ref: string, oid: string): RefSource {
  return { kind: 'ref', repository, ref, oid };
}

/** Node id of a ref, which needs no record: it says what it names. */
export const refNodeId = (repository: RepositoryRecord, ref: string) =>
  nodeId('REF', `${repository.id}:${ref}`);

/** `refs/heads/` and the like. */
const prefixOf = (ref: string) => /^refs\/[^/]+\//.exec(ref)?.[0] ?? 'refs/';

export const REF_FIELDS: Fields<RefSource> = {
  id: ({ repository, ref }) => refNodeId(repository, ref),
  name: ({ ref }) => ref.slice(prefixOf(ref).length),
  prefix: ({ ref }) => prefixOf(ref),
  repository: ({ repository }) => repository,
  target: ({ repository, oid }) => readGitObject(repository, oid),
};

/** A file or folder of a commit by its path. */
export async function entryAt(
  repository: RepositoryRecord,
  commit: string,
  path: string,
): Promise<EntrySource | null> {
  const clean = path.replace(/^\/+|\/+$/g, '');
  const folder = clean.includes('/') ? clean.slice(0, clean.lastIndexOf('/')) : '';
  const tree = await repository.objects.get(folder ? `${commit}:${folder}` : `${commit}^{tree}`);
  if (tree?.type !== 'tree') return null;
  const found = entriesOf(repository, tree.data, folder).find(({ entry }) => entry.path === clean);
  return found ?? null;
}

function entriesOf(repository: RepositoryRecord, data: Buffer, folder: string): EntrySource[] {
  return parseTree(data).map((entry) => ({
    kind: 'entry',
    repository,
    entry: { ...entry, path: folder ? `${folder}/${entry.path}` : entry.path },
  }));
}

/** Fields of every git object. */
export const objectFields = <Source extends GitSource>(
  idOf: (source: Source) => string,
  prefix: string,
): Fields<Source> => ({
  id: (source) => nodeId(prefix, `${source.repository.id}:${idOf(source)}`),
  oid: idOf,
  abbreviatedOid: (source) => idOf(source).slice(0, 7),
  repository: (source) => source.repository,
});

/** The first header line of that name, and what follows the headers. */
const tagHeader = ({ data }: TagSource, name: string) =>
  new RegExp(`^${name} (.*)$`, 'm').exec(data.toString())?.[1] ?? '';
const tagMessage = ({ data }: TagSource) => data.toString().split('\n\n').slice(1).join('\n\n');

export const TAG_FIELDS: Fields<TagSource> = {
  ...objectFields<TagSource>(({ oid }) => oid, 'TA'),
  name: (tag) => tagHeader(tag, 'tag'),
  message: (tag) => tagMessage(tag).replace(/\n$/, ''),
  target: (tag) => readGitObject(tag.repository, tagHeader(tag, 'object')),
};

export const TREE_FIELDS: Fields<TreeSource> = {
  ...objectFields<TreeSource>(({ oid }) => oid, 'T'),
  entries: ({ repository, data }) => entriesOf(repository, data, ''),
};

export const ENTRY_FIELDS: Fields<EntrySource> = {
  name: ({ entry }) => entry.path.split('/').at(-1),
  path: ({ entry }) => entry.path,
  mode: ({ entry }) => Number.parseInt(entry.mode, 8),
  type: ({ entry }) => entry.type,
  oid: ({ entry }) => entry.oid,
  extension: ({ entry }) => /(?<=[^/])\.[^./]*$/.exec(entry.path)?.[0] ?? '',
  size: async ({ repository, entry }) =>
    entry.type === 'blob' ? ((await repository.objects.get(entry.oid))?.data.length ?? 0) : 0,
  repository: ({ repository }) => repository,
  object: ({ repository, entry }) => (entry.type === 'commit' ? null : readGitObject(repository, entry.oid)),
};

/** GitHub cuts `text` after this many bytes and says `isTruncated`. */
const LONGEST_TEXT = 512_000;

/** As git itself decides: a zero byte near the beginning. */
const isBinary = (data: Buffer) => data.subarray(0, 8000).includes(0);

export const BLOB_FIELDS: Fields<BlobSource> = {
  ...objectFields<BlobSource>(({ oid }) => oid, 'B'),
  byteSize: ({ data }) => data.length,
  isBinary: ({ data }) => isBinary(data),
  isTruncated: ({ data }) => !isBinary(data) && data.length > LONGEST_TEXT,
  text: ({ data }) => (isBinary(data) ? null : data.toString('utf8', 0, Math.min(data.length, LONGEST_TEXT))),
};
