import { missingEngines } from '@gitops-actions/testkit';
import { describe } from '@jest/globals';

/**
 * Tests that run on real programs. Where one is not built they are skipped under a title that names it, which the test
 * command prints; with CI=true that cannot happen, for it builds them first.
 *
 * @param engines folders of test/tools, such as `kubernetes`
 */
export function describeOn(engines: readonly string[], title: string, body: () => void): void {
  const missing = missingEngines(engines);
  if (missing.length === 0) describe(title, body);
  else describe.skip(`${title} [needs ${missing.join(', ')}]`, body);
}
