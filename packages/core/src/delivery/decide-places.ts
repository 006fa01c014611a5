import type { Log } from '../action/index.ts';
import type { OrderGuard } from '../gitops/index.ts';
import type { Decision, Place } from '../manifest/index.ts';
import type { ReleaseOrder } from '../release/index.ts';

/** How places are judged. */
export interface Judge {
  /** Left out: an older release may overwrite a newer one. */
  readonly guard: OrderGuard | undefined;
  /** Places marked as blocked are ordered by this one, whatever `guard` is. */
  readonly blockedGuard: OrderGuard;
  /** A blocked release keeps out itself alone, not what is older or cannot be ordered; its mark stays then. */
  readonly passesBlocked: boolean;
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
  const { log, blockedGuard, passesBlocked } = judge;
  const { file, blocked, release } = place;
  if (isHeld(place, log)) return 'held';
  if (blocked === undefined || release === undefined) return byOrder(place, judge);
  const order = blocked.id === release ? 'itself' : await blockedGuard(file, blocked.id, release);
  if (order === 'newer') return byOrder(place, judge);
  if (order === 'itself' || !passesBlocked) {
    log.warning(blockedSentence(place, blocked, order));
    return 'held';
  }
  const decision = await byOrder(place, judge);
  return decision === 'write' ? { id: blocked.id, reason: blocked.reason } : decision;
}

function blockedSentence(
  { file, line, release }: Place,
  { id, reason, line: markLine }: NonNullable<Place['blocked']>,
  order: ReleaseOrder | 'itself',
): string {
  const why = `blocked${reason === '' ? '' : ` (${reason})`}`;
  if (order === 'itself') return `${file}:${line}: ${release} is ${why}; it is left alone.`;
  if (order !== 'unknown')
    return `${file}:${line}: ${release} is not newer than ${id}, which is ${why}; it is left alone.`;
  return `${file}:${line}: nobody can tell whether ${release} is newer than ${id}, which is ${why}, so it is left alone; to write it, remove the mark at ${file}:${markLine}, or set "allow-downgrade: true".`;
}

/** Whether a place is on hold; says so, and who else writes there. */
export function isHeld({ file, line, path, warning, hold }: Place, log: Log): boolean {
  if (warning !== undefined) log.warning(warning);
  if (hold === undefined) return false;
  log.warning(`${file}:${line}: ${path} is on hold${hold === '' ? '' : ` (${hold})`}; it is left alone.`);
  return true;
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
