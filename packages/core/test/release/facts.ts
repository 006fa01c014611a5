import fc from 'fast-check';
import {
  isPlaceholder,
  parseFormat,
  placeholderValue,
  type ReleaseFacts,
  renderFormat,
  writeDates,
} from '../../src/release/index.ts';

/** All that an id can be made from. */
export interface Facts extends ReleaseFacts {
  readonly version: string;
  readonly commitDate: Date;
  readonly date: Date;
}

/** Only the first characters reach an id. */
const hex = (digits: string) =>
  fc
    .string({ unit: fc.constantFrom(...digits), minLength: 8, maxLength: 8 })
    .map((sha) => sha.padEnd(40, 'c0ffee'));

/** Digits only is the rare case that breaks, so it gets more than half of the runs. */
export const shas = fc.oneof(hex('0123456789abcdef'), hex('0123456789'), hex('01'));

export const dates = fc.date({
  min: new Date('2001-09-10T00:00:00Z'),
  max: new Date('2050-01-01T00:00:00Z'),
  noInvalidDate: true,
});

const identifiers = fc.oneof(fc.nat(99).map(String), fc.constantFrom('rc', 'beta', 'x-y', '0a'));

/** SemVer without build metadata, in one of three cases with a pre-release. */
export const versions = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.array(identifiers, { maxLength: 2 }))
  .map(([major, minor, patch, rest]) =>
    [`${major}.${minor}.${patch}`, ...(rest.length > 0 ? [rest.join('.')] : [])].join('-'),
  );

const names = fc.oneof(
  fc.constantFrom('main', 'feature/x', 'release/1.0', 'abc1234', 'latest'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);

export const facts: fc.Arbitrary<Facts> = fc.record({
  runNumber: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 999_999 })),
  runId: fc.integer({ min: 1, max: 20_000_000_000 }),
  runAttempt: fc.integer({ min: 1, max: 12 }),
  sha: shas,
  branch: names,
  tag: names,
  pullRequest: fc.integer({ min: 1, max: 5000 }),
  version: versions,
  commitDate: dates,
  date: dates,
});

/** The value of a placeholder as it is written, for a format that is this placeholder alone. */
export async function render(written: string, of: Facts): Promise<string> {
  const moments = { commit_date: of.commitDate, date: of.date };
  const format = await writeDates(parseFormat(written), moments);
  return renderFormat(format, (name) => {
    const value = isPlaceholder(name) ? placeholderValue(name, of) : undefined;
    if (value === undefined) throw new Error(`{{${name}}} has no value`);
    return value;
  });
}
