import { expect, test } from '@jest/globals';
import { isSameRepository } from '../../src/controller/index.ts';

const OURS = 'https://github.com/acme/gitops';

test.each([
  ['https://github.com/acme/gitops.git', true],
  ['https://github.com/Acme/GitOps/', true],
  ['https://x-access-token@github.com/acme/gitops', true],
  ['git@github.com:acme/gitops.git', true],
  ['ssh://git@github.com/acme/gitops', true],
  ['ssh://git@ssh.github.com:443/acme/gitops.git', true],
  ['https://github.com/acme/gitops-apps', false],
  ['https://git.example.com/acme/gitops', false],
  ['https://github.com/', false],
  ['oci://ghcr.io/acme/charts', false],
  ['https://charts.example.com', false],
  ['', false],
  ['nonsense', false],
])('%s', (address, isSame) => {
  expect(isSameRepository(OURS, address)).toBe(isSame);
});

test('two that are no addresses are not the same', () => {
  expect(isSameRepository('', '')).toBe(false);
});
