import type { Log } from '../../action/index.ts';
import {
  type ChangedFile,
  type Divergence,
  explain,
  fullName,
  type ProposalPlace,
  type ProposalState,
} from '../../github/index.ts';
import type { CommitMessage, RepositoryFile } from '../repository.ts';
import { filesAt } from './files.ts';
import { mergeLines } from './line-merge.ts';

interface TreeEntry {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000' | '160000';
  readonly type: 'blob' | 'commit';
  readonly sha: string | null;
}

/**
 * Makes a commit that merges the base into the branch, without moving the branch. Its tree is the base's, with the branch's
 * files put in; where both changed the same lines, the base's stay.
 *
 * @returns its id
 */
export async function mergeByHand(
  place: ProposalPlace,
  state: ProposalState,
  divergence: Divergence,
  { headline, body }: CommitMessage,
  log: Log,
): Promise<string> {
  const { github, repository, signal } = place;
  const head = state.branchHead ?? '';
  try {
    const entries = await mergedEntries(place, state, divergence, log);
    const base = await github.rest.git.getCommit({
      ...repository,
      commit_sha: state.base.head,
      request: { signal },
    });
    const tree = await github.rest.git.createTree({
      ...repository,
      base_tree: base.data.tree.sha,
      tree: [...entries],
      request: { signal },
    });
    const { data } = await github.rest.git.createCommit({
      ...repository,
      message: `${headline}\n\n${body}`,
      tree: tree.data.sha,
      parents: [head, state.base.head],
      request: { signal },
    });
    return data.sha;
  } catch (error) {
    throw explain(
      error,
      `merge ${state.base.name} into ${place.branch} of ${fullName(repository)}`,
      'contents: write',
    );
  }
}

async function mergedEntries(
  place: ProposalPlace,
  state: ProposalState,
  { mergeBase, ahead, behind }: Divergence,
  log: Log,
): Promise<readonly TreeEntry[]> {
  const there = new Map(behind.files.map((file) => [file.path, file]));
  const paths = ahead.files.map(({ path }) => path);
  const [origin, base, head] = await Promise.all(
    [mergeBase, state.base.head, state.branchHead ?? ''].map((commit) => filesAt(place, commit, paths)),
  );
  const merged = ahead.files.map(async (file): Promise<TreeEntry | undefined> => {
    const other = there.get(file.path);
    const ours = head?.get(file.path);
    if (other === undefined) return entryOf(file, ours);
    const theirs = base?.get(file.path);
    if (ours === undefined || theirs === undefined || ours.oid === theirs.oid) return undefined;
    const start = origin?.get(file.path)?.content.toString('latin1') ?? '';
    // Latin 1 gives every byte a character, so that bytes which are no UTF-8 come through.
    const { text, leftOut } = mergeLines(
      start,
      theirs.content.toString('latin1'),
      ours.content.toString('latin1'),
    );
    if (leftOut > 0)
      log.notice(
        `${file.path} changed in the same ${leftOut === 1 ? 'place' : `${leftOut} places`} on ${state.base.name}; what is there stays.`,
      );
    return entryOf({ path: file.path, blob: await writeBlob(place, Buffer.from(text, 'latin1')) }, theirs);
  });
  return (await Promise.all(merged)).filter((entry) => entry !== undefined);
}

const MODES = { regular: '100644', executable: '100755', symlink: '120000', submodule: '160000' } as const;

function entryOf({ path, blob }: ChangedFile, file: RepositoryFile | undefined): TreeEntry {
  const mode = MODES[file?.mode ?? 'regular'];
  return { path, mode, type: mode === '160000' ? 'commit' : 'blob', sha: blob ?? null };
}

async function writeBlob({ github, repository, signal }: ProposalPlace, content: Buffer): Promise<string> {
  const { data } = await github.rest.git.createBlob({
    ...repository,
    content: content.toString('base64'),
    encoding: 'base64',
    request: { signal },
  });
  return data.sha;
}
