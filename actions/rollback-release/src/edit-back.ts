import { diffOf, type Edited, isHeld, type Judge } from '@gitops-actions/core/delivery';
import type { Snapshot } from '@gitops-actions/core/gitops';
import { type ImageReference, type ImageTarget, targetKey } from '@gitops-actions/core/image';
import {
  applyPlaces,
  type BlockedRelease,
  type Change,
  type Decision,
  findPlaces,
  type ManifestFile,
  type Manifests,
  type Place,
  releaseOf,
  standingReferences,
} from '@gitops-actions/core/manifest';
import type { Undo } from './choose-good.ts';
import type { BadSpot } from './spots.ts';

/** What is written back, and how places are judged. */
export interface BackOptions {
  readonly undo: readonly Undo[];
  /** What stays, because it is on hold. */
  readonly held: readonly BadSpot[];
  /** What an earlier rollback put there on the branch of a pull request, and this one replaces. */
  readonly replaceable: (undo: Undo) => readonly ImageReference[];
  readonly reason: string;
  readonly judge: Judge;
}

export interface Back extends Edited {
  readonly files: Manifests['files'];
  /** Sentences on places that could not be marked. */
  readonly warnings: readonly string[];
}

/** Writes images back into a snapshot, with a mark that keeps the bad release out, wherever it still stands. */
export async function editBack(snapshot: Snapshot, options: BackOptions): Promise<Back> {
  const parts = await Promise.all(snapshot.files.map((file) => editFile(file, options)));
  const files = parts.flatMap((part) => part.files);
  return {
    files,
    changes: parts.flatMap(({ changes }) => changes),
    diff: diffOf(snapshot, files),
    warnings: parts.flatMap(({ unmarked }) => unmarked.map(unmarkedSentence)),
  };
}

async function editFile(file: ManifestFile, options: BackOptions): Promise<Manifests> {
  const stands = (one: BadSpot) => one.file === file.path && standingReferences(file, one.target).length > 0;
  const wanted = options.undo.filter(stands);
  const held = options.held.filter(stands);
  if (wanted.length + held.length === 0) return { files: [], changes: [], unmarked: [] };
  const undoOf = new Map(wanted.map((one) => [targetKey(one.target), one]));
  const images = [
    ...wanted.map(({ target, to }): ImageTarget => ({ ...target, reference: to })),
    ...held.map(({ target, bad }): ImageTarget => ({ ...target, reference: bad[0] ?? target.reference })),
  ];
  // A digest that stood beside the tag may have lost its key since.
  const found = findPlaces([file], { images, addMissing: true });
  const decisions = new Map<Place, Decision>();
  for (const place of found.places) {
    const undo = 'reference' in place.target ? undoOf.get(targetKey(place.target)) : undefined;
    if (undo !== undefined) decisions.set(place, await decidePlace(place, undo, options));
    else if (isHeld(place, options.judge.log)) decisions.set(place, 'held');
  }
  const done = applyPlaces(found, (place) => decisions.get(place) ?? 'superseded');
  return { ...done, changes: distinct(done.changes) };
}

async function decidePlace(place: Place, undo: Undo, options: BackOptions): Promise<Decision> {
  const { reason, judge, replaceable } = options;
  if (isHeld(place, judge.log)) return 'held';
  if (place.current === releaseOf(undo.to)) return 'write';
  const ids = undo.bad.map(releaseOf);
  const isReplaceable = replaceable(undo).some((one) => releaseOf(one) === place.current);
  const bad = ids.find((id) => id === place.current) ?? (isReplaceable ? ids[0] : undefined);
  if (bad === undefined) return 'superseded';
  return (await olderMark(place, bad, undo, judge)) ?? { id: bad, reason };
}

/** A mark keeps out what is older, too: the one of the newer release stays, unless just that one is brought back. */
async function olderMark(
  { file, blocked }: Place,
  bad: string,
  { to }: Undo,
  judge: Judge,
): Promise<BlockedRelease | undefined> {
  if (blocked === undefined || blocked.id === bad || blocked.id === releaseOf(to)) return undefined;
  const order = await judge.blockedGuard(file, blocked.id, bad);
  return order === 'older' ? { id: blocked.id, reason: blocked.reason } : undefined;
}

function unmarkedSentence({ file, line, path, current }: Place): string {
  return `${file}:${line}: ${path} is rolled back without a mark, because its line cannot have one; the next run that releases ${current} would bring it back, so stop such runs, or pin the image by hand until a fix is out.`;
}

/** Two names may lead to one place. */
function distinct(changes: readonly Change[]): readonly Change[] {
  const byPlace = new Map(changes.map((change) => [`${change.line} ${change.path}`, change]));
  return [...byPlace.values()];
}
