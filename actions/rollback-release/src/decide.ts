import { ConfigurationError } from '@gitops-actions/core/action';
import type { Snapshot } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import type { Asked } from './asked.ts';
import { type Bad, badOf, newestRelease, standingRelease } from './choose-bad.ts';
import { previousOf, type Rules, type Undo } from './choose-good.ts';
import { namedRelease } from './choose-named.ts';
import { doneByRun, doneSentence } from './done-by-run.ts';
import { type Group, groupsOf, refuseMixed } from './group.ts';
import { leftAlone } from './left-alone.ts';
import type { Past } from './past.ts';
import { allSpots, type BadSpot, idsOf, imagesIn, marksOf, type Names } from './spots.ts';

/** Images that were asked for and do not stand at the release, as they stand there. */
type Left = readonly ImageReference[];

/** What is to be undone, or why nothing is. */
export type Decision =
  | {
      readonly kind: 'undo';
      readonly bad: Bad;
      readonly undo: readonly Undo[];
      /** What is on hold, and stays. */
      readonly held: readonly BadSpot[];
      readonly left: Left;
    }
  | {
      readonly kind: 'held';
      readonly held: readonly BadSpot[];
      readonly left: Left;
      readonly sentence: string;
    }
  | { readonly kind: 'unchanged' | 'superseded'; readonly sentence: string };

export interface Judged extends Pick<Rules, 'isNewer'> {
  /** What keeps a release from an image besides the marks of the files. */
  readonly isBlocked: Rules['isBlocked'];
}

/** Where a past stops being enough: nothing of what was asked for stands there. */
export type NothingStands = () => Promise<Decision>;

/**
 * Decides what goes back to what, from what stood on the branch. The same run never rolls back twice: run again, it would
 * take the next step back.
 *
 * @param head the files as they stand
 * @param nothingStands says what it means when the release stands nowhere
 * @throws ConfigurationError when nobody can tell what is meant, or there is nothing to go back to
 */
export async function decide(
  past: Past & { readonly loaded?: number },
  head: Snapshot,
  asked: Asked,
  judged: Judged,
  nothingStands: NothingStands,
): Promise<Decision> {
  refuseUnknown(head, asked.images);
  const found = asked.release === '' ? await newest(past, head, asked) : await named(past, head, asked);
  if (found === undefined) return nothingStands();
  if ('kind' in found) return found;
  const marks = new Map(found.spots.map((spot) => [spot, marksOf(head, spot)]));
  const held = found.spots.filter((spot) => marks.get(spot)?.isHeld);
  const groups = found.groups
    .map((group) => ({ ...group, spots: group.spots.filter((spot) => !held.includes(spot)) }))
    .filter(({ spots }) => spots.length > 0);
  const [first] = groups;
  const left = leftAlone(head.files, asked.images, found.spots);
  if (first === undefined) return heldBy(held, left);
  if (asked.release !== '' && asked.images.length === 0) refuseMixed(groups, asked.release);
  const rules: Rules = {
    ...judged,
    isBlocked: (spot, id) => marks.get(spot)?.blocked.has(id) === true || judged.isBlocked(spot, id),
  };
  const undo: Undo[] = [];
  for (const { spots } of groups)
    undo.push(
      ...(asked.to === 'previous'
        ? await previousOf(past, spots, rules)
        : await namedRelease(past, spots, asked.to)),
    );
  const bad = badOf(
    first.moment,
    groups.flatMap(({ spots }) => spots),
  );
  return { kind: 'undo', bad, undo, held, left };
}

interface Candidates {
  readonly spots: readonly BadSpot[];
  readonly groups: readonly Group[];
}

async function named(
  past: Past,
  { files }: Snapshot,
  { release, images }: Asked,
): Promise<Candidates | undefined> {
  const spots = await standingRelease(past, files, release, images);
  return spots.length === 0 ? undefined : { spots, groups: await groupsOf(past, spots) };
}

async function newest(
  past: Past & { readonly loaded?: number },
  { files }: Snapshot,
  asked: Asked,
): Promise<Candidates | Decision | undefined> {
  const bad = await newestRelease(past, files, asked.images, asked.only);
  const done = await doneByRun(past, files, asked);
  if (done !== undefined) return { kind: 'unchanged', sentence: doneSentence(done) };
  if (bad === undefined) return undefined;
  return { spots: bad.spots, groups: [{ spots: bad.spots, moment: bad.moment }] };
}

function heldBy(held: readonly BadSpot[], left: Left): Decision {
  const places = held.map(({ file, target }) => `${file} (${target.reference.written})`);
  return { kind: 'held', held, left, sentence: `${places.join(', ')}: on hold; nothing was written.` };
}

function refuseUnknown({ files }: Snapshot, images: Names): void {
  const there = new Set(allSpots(files, images).map(({ target }) => target.reference.name));
  const unknown = images.find(({ name }) => !there.has(name));
  if (unknown === undefined) return;
  const all = [...new Set(files.flatMap(imagesIn).map(({ written }) => written))].sort();
  throw new ConfigurationError(
    `Input "images" names ${unknown.written}, which stands in no file of "path"; there is ${idsOf(all, 'others')}. Nothing was written.`,
  );
}
