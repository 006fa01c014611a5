import { credentialsIn, openCluster, passwordInUrl } from '@gitops-actions/core/kubernetes';
import { describe, expect, test } from '@jest/globals';

describe('credentials of a kubeconfig are found one by one', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      'YAML',
      'kind: Config\nusers:\n- name: a\n  user:\n    token: abc.def-ghi\n    password: "with space"\n',
      ['abc.def-ghi', 'with space'],
    ],
    [
      'JSON',
      '{"users":[{"user":{"token":"abcdef","client-key-data":"LS0tLS1=="}}]}',
      ['abcdef', 'LS0tLS1=='],
    ],
    ['single quotes', "    client-certificate-data: 'LS0t'\n", ['LS0t']],
    ['flow maps', 'users: [{name: a, user: {token: abcdef, username: joe}}]', ['abcdef']],
    ['an auth provider', 'config:\n  id-token: abcd\n  refresh-token: efgh\n', ['abcd', 'efgh']],
    ['a block', 'user:\n  token: >-\n    abcdefgh\n  username: joe\n', ['abcdefgh']],
    [
      'variables of an exec plugin',
      'env:\n- name: AWS_SECRET_ACCESS_KEY\n  value: wJalrXUt\n- {name: API_TOKEN, value: "abcdef"}\n- name: AWS_REGION\n  value: eu-central-1\n',
      ['wJalrXUt', 'abcdef'],
    ],
    ['none', 'clusters: []\nusers: [{user: {exec: {command: kubelogin}}}]', []],
  ])('%s', (_, text, expected) => {
    expect(credentialsIn(text)).toEqual(expected);
  });
});

test.each([
  ['https://joe:s3cret@charts.example.com/x', ['s3cret']],
  ['https://ghp_token@charts.example.com', ['ghp_token']],
  ['https://charts.example.com/a@b', []],
  ['oci://ghcr.io/acme/charts', []],
])('of %s the password is a secret', (url, expected) => {
  expect(passwordInUrl(url)).toEqual(expected);
});

test.each([
  ['~/.kube/config', 'Input "kubeconfig" looks like a path; give the content of a kubeconfig file'],
  ['YXBp'.repeat(40), 'Input "kubeconfig" looks like base64; decode it first; give the content'],
  ['a: [secret', 'Input "kubeconfig" is not valid YAML; give'],
  ['kind: Config', 'Input "kubeconfig" is not a kubeconfig; give'],
])('%s is no kubeconfig, and is not shown', async (kubeconfig, message) => {
  const opening = openCluster({
    kubeconfig,
    environment: {},
    temp: '',
    exec: () => Promise.reject(new Error('not run')),
  });
  await expect(opening).rejects.toThrow(message);
  await expect(opening).rejects.not.toThrow(kubeconfig);
});
