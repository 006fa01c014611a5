import type { ReleaseDeployment } from '@gitops-actions/core/github';
import { parseImageReference } from '@gitops-actions/core/image';
import { expect, test } from '@jest/globals';
import { isSettled, noEvidence, outcomeOf, weigh } from '../src/evidence.ts';

const [A, B] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];

/** What Deployments, `outcome image` from the newest on, say of a release. */
function said(wanted: string, deployments: readonly string[]): { outcome: string; isSettled: boolean } {
  const reference = parseImageReference(wanted);
  if (reference === undefined) throw new Error(wanted);
  const evidence = noEvidence();
  for (const one of deployments) {
    const [outcome, ...images] = one.split(' ');
    const deployment = { outcome, images, commit: '', createdAt: '' } as ReleaseDeployment;
    weigh(evidence, { reference, names: [reference.name], isNew: true }, deployment);
  }
  return { outcome: outcomeOf(evidence)?.outcome ?? 'none', isSettled: isSettled(evidence, reference) };
}

test.each<[string, string, readonly string[], string, boolean]>([
  ['its tag', 'a/w:v2', ['verified a/w:v2'], 'verified', true],
  ['its tag, at whatever digest', 'a/w:v2', [`verified a/w:v2@${A}`], 'verified', true],
  ['the newest of its tag', 'a/w:v2', ['failed a/w:v2', 'verified a/w:v2'], 'failed', true],
  ['one that is still open', 'a/w:v2', ['open a/w:v2', 'verified a/w:v2'], 'verified', true],
  ['another tag', 'a/w:v2', ['verified a/w:v1 a/x:v2'], 'none', false],
  ['its digest', `a/w:v2@${A}`, [`verified a/w:v1@${A}`], 'verified', true],
  ['its tag alone, and nobody names a digest', `a/w:v2@${A}`, ['verified a/w:v2'], 'verified', false],
  [
    'its tag alone, but another digest of it',
    `a/w:v2@${A}`,
    ['verified a/w:v2', `verified a/w:v2@${B}`],
    'none',
    false,
  ],
  [
    'its tag alone, but another digest of it is being looked at',
    `a/w:v2@${A}`,
    ['verified a/w:v2', `open a/w:v2@${B}`],
    'none',
    false,
  ],
  [
    'its tag alone, after its digest was bad',
    `a/w:v2@${A}`,
    ['verified a/w:v2', `failed a/w:v2@${A}`],
    'failed',
    true,
  ],
  ['its tag alone was bad', `a/w:v2@${A}`, ['failed a/w:v2', `verified a/w:v2@${A}`], 'failed', true],
  [
    'its digest, after its tag was bad',
    `a/w:v2@${A}`,
    [`verified a/w:v2@${A}`, 'failed a/w:v2'],
    'verified',
    true,
  ],
  ['both in one', `a/w:v2@${A}`, [`verified a/w:v2 a/w:v2@${A}`], 'verified', true],
  ['a digest without a tag', `a/w@${A}`, ['verified a/w:v2', `verified a/w@${A}`], 'verified', true],
  ['another digest without a tag', `a/w@${A}`, [`verified a/w@${B}`], 'none', false],
])('%s', (_name, wanted, deployments, outcome, settled) => {
  expect(said(wanted, deployments)).toEqual({ outcome, isSettled: settled });
});
