import { expect, test } from '@jest/globals';
import { commitPage, parseGitRemote } from '../../src/gitops/index.ts';

const read = (text: string) => parseGitRemote(text, 'repository');

test.each([
  [
    'https://git.example.com/acme/gitops.git',
    { protocol: 'https', origin: 'https://git.example.com', host: 'git.example.com', path: 'acme/gitops' },
  ],
  [
    'https://git.example.com:8443/a/b/c/',
    { protocol: 'https', origin: 'https://git.example.com:8443', host: 'git.example.com', path: 'a/b/c' },
  ],
  [
    'http://127.0.0.1:3000/acme/gitops',
    { protocol: 'http', origin: 'http://127.0.0.1:3000', path: 'acme/gitops' },
  ],
  ['https://[::1]:3000/acme/gitops', { protocol: 'https', host: '[::1]' }],
  [
    'ssh://git@git.example.com:2222/acme/gitops.git',
    { protocol: 'ssh', user: 'git', origin: '', path: 'acme/gitops' },
  ],
  ['ssh://git.example.com/~me/gitops', { protocol: 'ssh', user: '', path: '~me/gitops' }],
  [
    'git@git.example.com:acme/gitops.git',
    { protocol: 'ssh', user: 'git', host: 'git.example.com', path: 'acme/gitops' },
  ],
  ['git.example.com:/srv/gitops.git', { protocol: 'ssh', user: '', path: 'srv/gitops' }],
  ['git@[::1]:acme/gitops', { protocol: 'ssh', host: '[::1]' }],
  ['https://dev.azure.com/acme/my%20project/_git/gitops', { path: 'acme/my%20project/_git/gitops' }],
])('%s', (text, expected) => {
  expect(read(text)).toMatchObject(expected);
});

test.each([
  '',
  'acme/gitops',
  '/srv/gitops.git',
  './gitops',
  '../gitops.git',
  'C:\\gitops',
  'C:/gitops',
  '\\\\server\\share',
  'file:///srv/gitops.git',
  'FILE:///srv/gitops.git',
  'ext::sh -c touch% /tmp/x',
  'ext::https://git.example.com/acme/gitops',
  'fd::17/x',
  'git://git.example.com/acme/gitops',
  'ftp://git.example.com/acme/gitops',
  'javascript://git.example.com/x',
  '--upload-pack=touch x',
  '-oProxyCommand=x:y',
  'ssh://-oProxyCommand=x/y',
  'ssh://%2doProxyCommand=x/y',
  'ssh://-l@git.example.com/y',
  'ssh://git.example.com',
  'https://git.example.com',
  'git@git.example.com:',
  'git@git.example.com:-x',
  'git@-oProxyCommand=x:y',
  'https://git.example.com/acme/git ops',
  'https://git.example.com/acme/gitops\n',
  'https://git.example.com/acme/gitops%0ahost=evil',
  'https://git.example.com/acme/gitops?x=y',
  'https://git.example.com/acme/gitops#main',
  'https://\u0261it.example.com/acme/gitops',
])('refused: %j', (text) => {
  expect(() => read(text)).toThrow(
    'it must be https://host/path, ssh://git@host/path or git@host:path, without a user name or password for https.',
  );
});

test.each([
  'https://me:hunter2@git.example.com/acme/gitops',
  'https://hunter2@git.example.com/acme/gitops',
  'ssh://git:hunter2@git.example.com/acme/gitops',
  'me:hunter2@git.example.com:acme/gitops',
  'ftp://me:hunter2@git.example.com/',
])('credentials are refused and not repeated: %s', (text) => {
  expect(() => read(text)).toThrow(/^Input "repository" is "[^"]*\*\*\*@git\.example\.com/);
  expect(() => read(text)).not.toThrow('hunter2');
});

test('pages of commits are known on the server the workflow runs on', () => {
  const page = (url: string) => commitPage(read(url), 'https://ghes.example.com')('abc');
  expect(page('https://ghes.example.com/acme/gitops.git')).toBe(
    'https://ghes.example.com/acme/gitops/commit/abc',
  );
  expect(page('git@ghes.example.com:acme/gitops.git')).toBe(
    'https://ghes.example.com/acme/gitops/commit/abc',
  );
  expect(page('https://git.example.com/acme/gitops.git')).toBe('');
});
