import { expect, test } from '@jest/globals';
import type { Run } from '../../src/action/index.ts';
import { commitMessage } from '../../src/delivery/message.ts';
import { parseFormat } from '../../src/release/index.ts';

const RUN = {
  repository: 'acme/shop',
  sha: 'c0ffee',
  runNumber: 7,
  runAttempt: 1,
  url: 'https://r',
  workflowRef: '',
};

test.each([
  ['nothing but an empty placeholder', '{{release}}', 'Release values'],
  ['cut inside a character of two halves', `${'x'.repeat(199)}😀`, `${'x'.repeat(199)}\ufffd`],
])('the first line: %s', (_name, template, headline) => {
  // Only what a message is made of.
  expect(commitMessage(parseFormat(template), [], RUN as Run).headline).toBe(headline);
});
