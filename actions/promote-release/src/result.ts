import { type ActionResult, code, table } from '@gitops-actions/core/action';
import { type Outcome, outputsOf, summarize } from '@gitops-actions/core/delivery';
import type { Move } from './moves.ts';
import type { Source } from './source.ts';

/** Outputs and job summary. */
export function resultOf(
  outcome: Outcome,
  { moves, standing }: { readonly moves: readonly Move[]; readonly standing: readonly string[] },
  source: Source,
  name: string,
): ActionResult {
  const { result } = outcome;
  const isPromoted = result === 'committed' || result === 'proposed' || result === 'dry-run';
  const promoted = isPromoted ? moves : [];
  const isThere = result !== 'proposed' && result !== 'dry-run';
  return {
    outputs: {
      ...outputsOf(outcome),
      images: isThere ? standing.join('\n') : '',
      promoted: JSON.stringify(promoted),
    },
    summary: `${summarize('promote-release', outcome, name)}\n\n${promotionOf(promoted, source)}\n`,
  };
}

function promotionOf(promoted: readonly Move[], { name, commit }: Source): string {
  const from = `Promoted from ${code(name)} at ${code(commit.slice(0, 7))}`;
  const rows = promoted.map(({ image, from: old, to }) => [code(image), code(old), code(to)]);
  return rows.length === 0 ? `${from}: nothing.` : `${from}:\n\n${table(['image', 'from', 'to'], rows)}`;
}
