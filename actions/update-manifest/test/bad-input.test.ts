import { expect, test } from '@jest/globals';
import { sentence, startStage } from './stage.ts';

test.each([
  [
    'missing path',
    { path: '' },
    'Input "path" is empty; name the files, folders or globs that hold the images.',
  ],
  ['misspelt name', { imags: 'x:1' }, 'Unknown input "imags"; did you mean "images"?'],
  [
    'no image',
    { images: 'ghcr.io/acme/web' },
    'Input "images" is "ghcr.io/acme/web"; it must be an image reference with a tag or digest, such as ghcr.io/acme/orders:v1.0.42.',
  ],
  [
    'bad tag',
    { images: 'acme/web:-x' },
    'Input "images" is "acme/web:-x"; it must be an image reference with a tag or digest, such as ghcr.io/acme/orders:v1.0.42.',
  ],
  [
    'twice',
    { images: 'nginx:1\ndocker.io/library/nginx:2' },
    'Input "images" names docker.io/library/nginx twice; name each image once.',
  ],
  [
    'bad duration',
    { deadline: '5' },
    'Input "deadline" is "5"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
  ],
  [
    'outside',
    { path: '../x.yaml' },
    'Input "path" has the path "../x.yaml"; it must stay inside the repository and use "/" (no leading "/", no "..", ":" or "\\").',
  ],
  [
    'repository',
    { repository: 'https://github.com/acme/gitops' },
    'Input "repository" is "https://github.com/acme/gitops"; it must be a repository as owner/name.',
  ],
  [
    'hostile branch',
    { branch: '--upload-pack=x' },
    'Input "branch" is "--upload-pack=x"; it must be a branch name that git accepts.',
  ],
  [
    'no token for another repository',
    { 'gitops-token': '' },
    'Input "gitops-token" is empty, but "repository" is acme/gitops and the job\'s token only opens acme/shop; mint a token of a GitHub App that is installed there (actions/create-github-app-token, permission contents: write) and pass it.',
  ],
  [
    'branch missing',
    { branch: 'nope' },
    'The repository acme/gitops has no branch "nope"; create it, or correct the input "branch".',
  ],
  [
    'repository missing',
    { repository: 'acme/nope' },
    "Cannot read acme/nope@its default branch: Could not resolve to a Repository with the name 'acme/nope'. Either it does not exist or the token may not see it; check the name, and that the token has `contents: read` for that repository.",
  ],
  [
    'no such path',
    { path: 'nope' },
    'Input "path" (nope) matches no YAML or JSON file in acme/gitops@main; correct the path, or the branch.',
  ],
  [
    'no match',
    { images: 'acme/nope:1' },
    'No place in apps/shop/kustomization.yaml holds the image acme/nope; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.',
  ],
])('%s', async (_name, inputs, message) => {
  await using stage = await startStage();
  const run = await stage.run({ images: 'ghcr.io/acme/web:v2', ...inputs });
  expect(sentence(run)).toBe(`1: ${message}`);
  expect(await stage.gitops.log('main')).toHaveLength(1);
  expect(run.summary).toContain('### update-manifest failed');
});

test.each([
  [
    '401',
    'revoked',
    'Cannot read acme/gitops@its default branch: Bad credentials (401). The token is not valid here or has expired; pass one that belongs to this server.',
  ],
  [
    '403 on the commit',
    'read',
    'Cannot commit to acme/gitops@main: Resource not accessible by integration. The token needs `contents: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
  ],
])('%s', async (_name, kind, message) => {
  await using stage = await startStage();
  const token = stage.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } });
  if (kind === 'revoked') stage.github.revokeToken(token);
  const run = await stage.run({ images: 'ghcr.io/acme/web:v2', 'gitops-token': token });
  expect(sentence(run)).toBe(`1: ${message}`);
  expect(await stage.gitops.log('main')).toHaveLength(1);
  expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(token);
});

test('a protected branch', async () => {
  await using stage = await startStage();
  stage.gitops.protect('main');
  const run = await stage.run({ images: 'ghcr.io/acme/web:v2' });
  expect(sentence(run)).toMatch(
    /^1: Cannot commit to acme\/gitops@main: .* The branch is protected: let the App that the token comes from bypass the rule for this branch\.$/,
  );
  expect(await stage.gitops.log('main')).toHaveLength(1);
});

test('an unreadable event file', async () => {
  await using stage = await startStage();
  const run = await stage.run(
    { images: 'ghcr.io/acme/web:v2' },
    { env: { GITHUB_EVENT_PATH: '/no/such/event.json' } },
  );
  expect(sentence(run)).toMatch(
    /^1: The event file \/no\/such\/event\.json cannot be read \(ENOENT: .*\); it is written by the runner, so re-run the job\.$/,
  );
});
