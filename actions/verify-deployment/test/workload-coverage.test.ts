import { parseImageReference } from '@gitops-actions/core/image';
import { expect, test } from '@jest/globals';
import { uncovered } from '../src/workload-coverage.ts';

const expected = ['acme/web:2'].flatMap((text) => parseImageReference(text) ?? []);

test('an expected image that nothing runs is missed, and who has it without running it is named', () => {
  const bearer = (name: string, image: string, isRunning = true) => ({ name, images: [image], isRunning });
  const missed = (...bearers: Parameters<typeof uncovered>[1]) =>
    uncovered(expected, bearers).map(({ where, judgement }) => [
      where,
      'what' in judgement && judgement.what,
    ]);
  expect(missed(bearer('Deployment web', 'acme/web:2'))).toEqual([]);
  expect(missed(bearer('Deployment web', 'acme/web:1'))).toEqual([]);
  expect(missed(bearer('Deployment db', 'acme/db:2'))).toEqual([
    ['Image acme/web:2', 'no workload that is verified has it'],
  ]);
  expect(missed(bearer('Deployment web', 'acme/web:2', false))).toEqual([
    ['Image acme/web:2', 'Deployment web has it, but is scaled to 0 replicas'],
  ]);
});
