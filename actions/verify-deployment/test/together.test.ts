import { parseImageReference } from '@gitops-actions/core/image';
import { expect, test } from '@jest/globals';
import { imageDifference } from '../src/running-images.ts';
import { judgeTogether, type Part } from '../src/together.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const images = (...texts: readonly string[]) => texts.flatMap((text) => parseImageReference(text) ?? []);
const part = (more: Partial<Part> = {}): Part => ({
  subject: { where: 'Application web', state: 'Synced', judgement: { kind: 'healthy' }, revision: '' },
  isWorkload: true,
  images: [],
  isNamed: true,
  replaced: [],
  ...more,
});
const kinds = (parts: readonly Part[], ...expected: readonly string[]) =>
  judgeTogether(parts, images(...expected)).map(({ judgement }) =>
    judgement.kind === 'healthy' ? 'healthy' : judgement.what,
  );

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['web:v1', ['web:v1'], [], []],
  ['web:v1', ['docker.io/library/web:v1', 'sidecar:2'], [], []],
  ['web:v1', ['web:v0'], ['web:v1'], ['web:v0']],
  ['web:v1', ['web:v1', 'web:v0'], [], ['web:v0']],
  ['web:v1', [], ['web:v1'], []],
  [`web:v1@${DIGEST}`, [`web@${DIGEST}`], [], []],
  [`web:v1@${DIGEST}`, ['web:v1'], [], []],
  [`web:v1@${DIGEST}`, [`web:v1@${OTHER}`], [`web:v1@${DIGEST}`], [`web:v1@${OTHER}`]],
  [`web@${DIGEST}`, ['web:v1'], [`web@${DIGEST}`], ['web:v1']],
  ['web:v1', ['nonsense:::', 'web:v1'], [], []],
])('%s against %j', (expected, running, missing, others) => {
  expect(imageDifference(images(expected), running)).toEqual({ missing, others });
});

test('nothing of all of them runs containers: unknown', () => {
  expect(kinds([part({ isWorkload: false }), part({ isWorkload: false })])[1]).toMatch(/^no workload found/);
  expect(kinds([part({ isWorkload: false }), part()])).toEqual(['healthy', 'healthy']);
  expect(kinds([])).toEqual([]);
});

test('expected images may be spread, and an old one is named where it runs', () => {
  const web = part({ images: ['web:v2'] });
  expect(kinds([web, part({ images: ['api:v2'] })], 'web:v2', 'api:v2')).toEqual(['healthy', 'healthy']);
  expect(kinds([web, part({ images: ['api:v1', 'api:v2'] })], 'web:v2', 'api:v2')).toEqual([
    'healthy',
    'Synced, but it still runs api:v1',
  ]);
  expect(kinds([web, part({ isNamed: false })], 'web:v2', 'api:v2')).toEqual([
    'Synced, but it does not run api:v2',
    'healthy',
  ]);
});

test('who is not healthy taken alone keeps his reason', () => {
  const judgement = { kind: 'broken', what: 'it is Degraded', isFinal: true } as const;
  const broken = part({ subject: { ...part().subject, judgement }, isWorkload: false });
  expect(kinds([broken], 'web:v2')).toEqual(['it is Degraded']);
});
