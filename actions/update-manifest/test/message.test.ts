import type { Run } from '@gitops-actions/core/action';
import { parseFormat } from '@gitops-actions/core/release';
import { expect, test } from '@jest/globals';
import { commitMessage } from '../src/message.ts';

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
