import type { LivePreview, PreviewEngine, PreviewSpec } from '@gitops-actions/core/preview';

const MOST_NAMED = 10;

/**
 * Why there is no room for one more preview. Pull requests count, not previews, and one that has a preview already gets
 * all of its own. Runs that count at the same moment may both find room.
 *
 * @param most 0 for any number
 * @returns a sentence; undefined when there is room
 */
export async function noRoom(
  engine: PreviewEngine,
  { pullRequest }: PreviewSpec,
  most: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (most === 0) return undefined;
  const { previews } = await engine.list(signal);
  const numbers = byAge(previews);
  if (numbers.includes(pullRequest) || numbers.length < most) return undefined;
  const more = numbers.length > MOST_NAMED ? ` and ${numbers.length - MOST_NAMED} more` : '';
  const named = `${numbers.slice(0, MOST_NAMED).join(', ')}${more}`;
  return `"max-previews" is ${most}, and there are previews of ${numbers.length} pull requests already (the longest unchanged first: ${named}). Close one of them, or wait until cleanup-previews removes one that has expired; then re-run this job.`;
}

/** The pull requests with previews, the one that was deployed longest ago first. */
function byAge(previews: readonly LivePreview[]): readonly number[] {
  const latest = new Map<number, number>();
  for (const { record } of previews) {
    latest.set(record.pullRequest, Math.max(record.deployed, latest.get(record.pullRequest) ?? 0));
  }
  return [...latest].sort(([a, first], [b, second]) => first - second || a - b).map(([number]) => number);
}
