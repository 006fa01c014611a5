import type { Log } from '../action/index.ts';
import type { OrderGuard } from '../gitops/index.ts';
import type { Decision, Place } from '../manifest/index.ts';

/** How places are judged. */
export interface Judge {
  /** Left out: an older release may overwrite a newer one. */
  readonly guard: OrderGuard | undefined;
  /** Places marked as blocked are ordered by this one, whatever `guard` is. */
  readonly blockedGuard: OrderGuard;
  readonly log: Log;
}

/** Decides on every place before anything is written: marks first, then the order of the releases. */
export async function decidePlaces(
  places: readonly Place[],
  judge: Judge,
): Promise<ReadonlyMap<Place, Decision>> {
  const decisions = await Promise.all(
    places.map(async (place) => [place, await decide(place, judge)] as const),
  );
  return new Map(decisions);
}

async function decide(place: Place, judge: Judge): Promise<Decision> {
  const { log } = judge;
  const at = `${place.file}:${place.line}`;
  if (place.warning !== undefined) log.warning(place.warning);
  if (place.hold !== undefined) {
    log.warning(
      `${at}: ${place.path} is on hold${place.hold === '' ? '' : ` (${place.hold})`}; it is left alone.`,
    );
    return 'held';
  }
  if (await isBlocked(place, judge.blockedGuard)) {
    const { id = '', reason = '' } = place.blocked ?? {};
    log.warning(
      `${at}: ${place.release} is not newer than ${id}, which is blocked${reason === '' ? '' : ` (${reason})`}; it is left alone.`,
    );
    return 'held';
  }
  return byOrder(place, judge);
}

/** A blocked release and older ones stay out; only one that is known to be newer passes. */
async function isBlocked({ file, blocked, release }: Place, guard: OrderGuard): Promise<boolean> {
  if (blocked === undefined || release === undefined) return false;
  return (await guard(file, blocked.id, release)) !== 'newer';
}

async function byOrder(
  { file, line, path, current, release }: Place,
  { guard, log }: Judge,
): Promise<Decision> {
  if (guard === undefined || current === undefined || release === undefined) return 'write';
  const order = await guard(file, current, release);
  if (order === 'older') {
    log.notice(
      `${file}:${line}: ${path} is at ${current}, a newer release than ${release}; it is left alone.`,
    );
    return 'superseded';
  }
  if (order === 'unknown')
    log.notice(
      `${file}:${line}: nobody can tell whether ${release} is newer than ${current}; it is written.`,
    );
  return 'write';
}
