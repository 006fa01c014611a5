import { expect, test } from '@jest/globals';
import { proposalTitle } from '../../../src/gitops/propose/text.ts';

const RUN = 'Source-Run: https://github.com/acme/shop/actions/runs/7/attempts/1';
const released = (headline: string) => `${headline}\n\nRelease: v2\n${RUN}`;
const rolledBack = (headline: string) => `${headline}\n\nRelease: v1\nRolled-Back: v2\n${RUN}`;
const merged = `Merge branch 'main' into release\n\n${RUN}`;

test.each<[string, readonly string[], string]>([
  ['one commit', [released('Release web v2')], 'Release web v2'],
  ['several', [released('Release web v2'), released('Release web v3')], 'Release 2 changes to main'],
  ['one, and the base', [released('Release web v2'), merged], 'Release web v2'],
  [
    'one, done again after the base came in',
    [rolledBack('Roll back web'), merged, rolledBack('Roll back web')],
    'Roll back web',
  ],
  ['rollbacks', [rolledBack('Roll back web'), rolledBack('Roll back orders')], '2 changes to main'],
  ['the base alone', [merged, 'A person wrote this'], 'Changes to main'],
])('title from the commits of the branch: %s', (_name, messages, title) => {
  const commits = messages.map((message, index) => ({ id: String(index), message }));
  const side = { commits, files: [], isWhole: true };
  expect(proposalTitle('', { mergeBase: '', ahead: side, behind: side }, 'main')).toBe(title);
});
