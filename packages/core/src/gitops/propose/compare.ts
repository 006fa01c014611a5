import { diverge, type ProposalPlace } from '../../github/index.ts';
import { filesAt } from './files.ts';
import type { Comparison, Progress } from './task.ts';
import type { ShownFiles } from './text.ts';

/** More are only counted: a body has room for so many rows. */
const FILES_SHOWN = 50;

/** The pull request's branch against its base, both by commit id; asked once for each pair. */
export async function compareWithBase<Result>(
  { place, comparisons }: Progress<Result>,
  base: string,
  head: string,
): Promise<Comparison> {
  const key = `${base}...${head}`;
  const comparison = comparisons.get(key) ?? { divergence: await diverge(place, base, head) };
  comparisons.set(key, comparison);
  return comparison;
}

/** The files that a reader of the pull request is shown; read once for each comparison. */
export async function shownFiles(
  place: ProposalPlace,
  comparison: Comparison,
  base: string,
  head: string,
): Promise<ShownFiles> {
  if (comparison.files === undefined) {
    const paths = comparison.divergence.ahead.files.slice(0, FILES_SHOWN).map(({ path }) => path);
    const [before, after] = await Promise.all([filesAt(place, base, paths), filesAt(place, head, paths)]);
    comparison.files = { paths, base: before, head: after };
  }
  return comparison.files;
}
