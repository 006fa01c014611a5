import type { ActionContext } from '@gitops-actions/core/action';
import { diffOf, type Edited, namesOf } from '@gitops-actions/core/delivery';
import {
  type CommitMessage,
  type Edit,
  type GitOpsRepository,
  type LogEntry,
  type RepositoryFile,
  releasedIn,
  releaseTrailers,
  type Snapshot,
  trailerOf,
} from '@gitops-actions/core/gitops';
import { releaseOf, versionText } from '@gitops-actions/core/manifest';
import type { Source } from './source.ts';
import { putBack, type Stray } from './strays.ts';

/** Name of the trailer that says which commit a promotion is of. */
export const PROMOTED_FROM = 'Promoted-From';

/** Those that a promotion from this source brought to the branch: what others bring is theirs to take back. */
export async function ofThisSource(
  strays: readonly Stray[],
  branch: GitOpsRepository,
  { address }: Source,
  { signal }: ActionContext,
): Promise<readonly Stray[]> {
  const files = [...new Set(strays.map(({ file }) => file))];
  const histories = new Map<string, readonly LogEntry[]>();
  for (const file of files) histories.set(file, await branch.log([file], signal));
  return strays.filter(({ file, carried }) => {
    const writer = histories
      .get(file)
      ?.find(({ message }) => releasedIn(message).includes(releaseOf(carried)));
    return writer && trailerOf(writer.message, PROMOTED_FROM)?.startsWith(`${address}@`);
  });
}

/** A snapshot with what the base has at these places. */
export function withoutStrays(snapshot: Snapshot, strays: readonly Stray[]): Snapshot {
  return { ...snapshot, files: putBack(snapshot.files, strays) };
}

/** What an edit that was made on another state of the files changes of a snapshot. */
export function editBetween(
  snapshot: Snapshot,
  state: Snapshot,
  { changes, result, message }: Edit<Edited>,
): Edit<Edited> {
  const written = new Map(changes.map(({ path, content }) => [path, content]));
  const old = new Map(snapshot.files.map(({ path, content }) => [path, content]));
  const files = state.files.flatMap(({ path, content }: RepositoryFile) => {
    const next = Buffer.from(written.get(path) ?? content);
    return old.get(path)?.equals(next) ? [] : [{ path, content: next.toString() }];
  });
  return { changes: files, message, result: { ...result, diff: diffOf(snapshot, files) } };
}

/** The message of a commit that only takes releases back from the pull request. */
export function takeBackMessage(
  strays: readonly Stray[],
  { revision }: Source,
  { run }: ActionContext,
): CommitMessage {
  const images = new Map(
    strays.map(({ promotion, carried }) => [promotion, { reference: carried, kustomizeName: undefined }]),
  );
  const versions = [...new Set(strays.map(({ carried }) => versionText(carried)))];
  return {
    headline: `Take back ${namesOf([...images.values()])} ${versions.join(', ')}`.slice(0, 200),
    body: `${releaseTrailers([], run)}\n${PROMOTED_FROM}: ${revision}`,
  };
}
