import { code, messageOf, table } from '@gitops-actions/core/action';

/** What real GitHub said to one assumption. */
export interface Finding {
  /** The assumption, a sentence without a full stop. */
  readonly assumption: string;
  readonly state: 'holds' | 'does not hold' | 'not checked';
  /** What was seen, or why nothing was. */
  readonly seen: string;
}

const MARKS = { holds: '✅', 'does not hold': '❌', 'not checked': '➖' } as const;

/**
 * Looks at one assumption. What it throws is an assumption that does not hold.
 *
 * @param look says what it saw; `undefined` for nothing to look at
 * @param cure what makes it look, said when it saw nothing
 */
export async function check(
  assumption: string,
  look: () => Promise<string | undefined> | string | undefined,
  cure: string,
): Promise<Finding> {
  try {
    const seen = await look();
    return seen === undefined
      ? { assumption, state: 'not checked', seen: cure }
      : { assumption, state: 'holds', seen };
  } catch (error) {
    return { assumption, state: 'does not hold', seen: messageOf(error) };
  }
}

/** The findings as Markdown; what GitHub said is not trusted to be any. */
export function reportOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ assumption, state, seen }) => [
    assumption,
    `${MARKS[state]} ${state}`,
    code(seen),
  ]);
  return `## What real GitHub says\n\n${table(['assumption', '', 'seen'], rows)}\n`;
}
