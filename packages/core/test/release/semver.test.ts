import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isOciTag,
  labelOf,
  parseFormat,
  placeholderValue,
  type ReleaseFacts,
  renderFormat,
} from '../../src/release/index.ts';

/** The expression that the specification suggests. https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;
const hex = (digits: string) => fc.string({ unit: fc.constantFrom(...digits), minLength: 40, maxLength: 40 });
/** Digits only is the rare case that breaks, so it gets half of the runs. */
const shas = fc.oneof(hex('0123456789abcdef'), hex('0123456789'), hex('01'));

test('the default id is SemVer, a tag and a label for every commit and run', () => {
  fc.assert(
    fc.property(shas, fc.integer({ min: 1, max: 10 ** 9 }), (sha, runNumber) => {
      const facts: ReleaseFacts = {
        runNumber,
        runId: 1,
        runAttempt: 1,
        sha,
        branch: 'main',
        tag: undefined,
        pullRequest: undefined,
      };
      const id = renderFormat(parseFormat('v1.0.{{run_number}}-{{sha}}'), (name) =>
        name === 'sha' || name === 'run_number' ? (placeholderValue(name, facts) ?? '') : '',
      );
      expect(id.slice(1)).toMatch(SEMVER);
      expect(isOciTag(id)).toBe(true);
      expect(labelOf(id)).toBe(id);
    }),
    { numRuns: 1000 },
  );
});
