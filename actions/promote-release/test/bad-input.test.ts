import { describe, expect, test } from '@jest/globals';
import { sentence, startStage } from './stage.ts';

describe('refused before anything is read', () => {
  test.each<readonly [string, Record<string, string>, string]>([
    [
      'no from-path',
      { 'from-path': ' ' },
      'Input "from-path" is empty; name the files, folders or globs that hold the images.',
    ],
    [
      'no path',
      { path: '' },
      'Input "path" is empty; name the files, folders or globs that hold the images.',
    ],
    [
      'nobody who verified',
      { 'require-verified': 'true' },
      'Input "from-environment" is empty, but "require-verified" is true; name the GitHub environment that verify-deployment records the source\'s releases in, or set "require-verified: false".',
    ],
    [
      'an environment on two lines',
      { 'from-environment': 'staging\nproduction' },
      'Input "from-environment" is "staging\\nproduction"; it must be the name of one GitHub environment, on one line',
    ],
    [
      'an image with a tag',
      { images: 'ghcr.io/acme/web:v1' },
      'Input "images" is "ghcr.io/acme/web:v1"; it must be the name of an image without tag and digest, such as ghcr.io/acme/orders: the release comes from "from-path".',
    ],
    [
      'a name that is none',
      { images: 'ghcr.io/acme/$(id)' },
      'Input "images" is "ghcr.io/acme/$(id)"; it must be the name of an image without tag and digest, such as ghcr.io/acme/orders: the release comes from "from-path".',
    ],
    [
      'missing on purpose?',
      { 'add-missing': 'true' },
      'Input "add-missing" is true, but "images" is empty, so nobody can tell which images are missing on purpose; name those to add.',
    ],
    [
      'a token for nothing',
      { 'from-token': 'secret' },
      'Input "from-token" is set, but "from-repository" is empty, so the source is read with the token of "repository"; leave it out.',
    ],
    [
      'no repository name',
      { 'from-repository': 'https://evil.example/x' },
      'Input "from-repository" is "https://evil.example/x"; it must be',
    ],
    [
      'a path that leaves the repository',
      { 'from-path': '../secrets' },
      'Input "from-path" has the path "../secrets"; it must stay inside the repository and use "/" (no leading "/", no "..", ":" or "\\").',
    ],
    [
      'pull requests by git',
      { transport: 'git', strategy: 'pull-request', 'pull-request-branch': 'x' },
      'Input "strategy" is pull-request, but "transport" is git, which knows no pull requests; use "transport: api", or push.',
    ],
    [
      'an ssh source with an https target',
      { transport: 'git', 'from-repository': 'git@git.example.com:acme/gitops.git' },
      'Input "from-repository" is an ssh address, but "repository" is not; reach both by ssh with one "ssh-key", or both by https.',
    ],
    [
      'a file as a repository',
      { transport: 'git', 'from-repository': 'file:///etc' },
      'Input "from-repository" is "file:///etc"; it must be https://',
    ],
    ['a misspelt input', { 'from-paths': 'x' }, 'Unknown input "from-paths"; did you mean "from-path"?'],
  ])('%s', async (_name, inputs, message) => {
    await using stage = await startStage();
    const run = await stage.run(inputs);
    expect(sentence(run).startsWith(`1: ${message}`)).toBe(true);
    expect(run.requests).toEqual([]);
  });
});
