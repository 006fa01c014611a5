import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { type Stage, stage } from './stage.ts';

/** A preview that would go, if only the run got so far. */
async function withStale(): Promise<Stage> {
  const scene = await stage({ private: true });
  await (await scene.open('one')).close();
  await scene.preview({ pullRequest: 1 });
  return scene;
}

test.each<[string, Record<string, string>, string]>([
  ['engine missing', { engine: '' }, 'Input "engine" is ""; it must be one of: helm, kustomize, gitops.'],
  ['path missing', { path: '' }, 'Input "path" is empty; it is required.'],
  ['misspelt name', { 'max-deletion': '5' }, 'Unknown input "max-deletion"; did you mean "max-deletions"?'],
  ['dry-run', { 'dry-run': 'yes' }, 'Input "dry-run" is "yes"; it must be one of: true, false.'],
  [
    'max-deletions',
    { 'max-deletions': '0' },
    'Input "max-deletions" is "0"; it must be a whole number from 1.',
  ],
  [
    'max-deletions empty',
    { 'max-deletions': '' },
    'Input "max-deletions" is ""; it must be a whole number from 1.',
  ],
  ['pull request', { 'pull-request': 'x' }, 'Input "pull-request" is "x"; it must be a whole number from 1.'],
  [
    'ttl',
    { ttl: '7 days' },
    'Input "ttl" is "7 days"; it must be a duration of at least 1m, such as 12h or 7d.',
  ],
  [
    'deadline',
    { deadline: 'soon' },
    'Input "deadline" is "soon"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
  ],
  [
    'warn-before',
    { 'warn-before': 'a day' },
    'Input "warn-before" is "a day"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
  ],
  [
    'comment-id',
    { 'comment-id': 'two\nlines' },
    'Input "comment-id" is "two\\nlines"; it must be one line of at most 100 characters.',
  ],
  [
    'controller',
    { controller: 'argo' },
    'Input "controller" is "argo"; it must be one of: none, argocd, flux.',
  ],
  [
    'a controller for an engine that has no files',
    { engine: 'helm', controller: 'argocd' },
    'Input "controller" is "argocd", but only the engine gitops writes for a controller; leave one of them out.',
  ],
  [
    'path is a pattern',
    { path: 'previews/*' },
    'Input "path" is "previews/*"; it must be a folder such as previews or clusters/dev/previews (letters, digits, dashes, dots, underscores).',
  ],
  [
    'branch that is not there',
    { branch: 'nowhere' },
    'The repository acme/gitops has no branch "nowhere"; create it, or correct the input "branch".',
  ],
  [
    'token for another repository',
    { 'gitops-token': '' },
    `Input "gitops-token" is empty, but "repository" is acme/gitops and the job's token only opens acme/shop; mint a token of a GitHub App that is installed there (actions/create-github-app-token, permission contents: write) and pass it.`,
  ],
])('%s', async (_name, inputs, message) => {
  await using scene = await withStale();
  const run = await scene.run(inputs);
  expect(run.annotations).toMatchObject([{ level: 'error', message }]);
  expect(run.exitCode).toBe(1);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('the event file cannot be read', async () => {
  await using scene = await withStale();
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'event.json');
  await writeFile(file, '[]');
  const run = await scene.run({}, { env: { GITHUB_EVENT_PATH: file } });
  expect(run.annotations[0]?.message).toMatch(
    /^The event file .* cannot be read \(it is not a JSON object\); it is written by the runner, so re-run the job\.$/,
  );
  expect(await scene.previews()).toEqual(['pr-1']);
});

test.each<[string, (scene: Stage) => string, RegExp]>([
  [
    '401',
    () => 'ghs_unknown',
    /^Cannot read acme\/gitops@its default branch: Bad credentials \(401\)\. The token is not valid here or has expired; pass one that belongs to this server\.$/,
  ],
  [
    '403',
    ({ github }) => github.issueToken({ permissions: { contents: 'read', metadata: 'read' } }),
    /Cannot commit to acme\/gitops@main: Resource not accessible by integration.* The token needs `contents: write`; grant it under `permissions:` of the job, or to the App the token comes from\)/,
  ],
  [
    '404',
    ({ github }) => github.issueToken({ repositories: ['acme/shop'] }),
    /^Cannot read acme\/gitops@its default branch: .*check the name, and that the token has `contents: read` for that repository\.$/,
  ],
])('the GitOps repository answers %s', async (_name, tokenOf, message) => {
  await using scene = await withStale();
  const run = await scene.run({ 'gitops-token': tokenOf(scene) });
  expect(run.annotations[0]?.message).toMatch(message);
  expect(run.exitCode).toBe(1);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('a token that may not read pull requests keeps everything', async () => {
  await using scene = await withStale();
  const token = scene.github.issueToken({ permissions: { metadata: 'read', deployments: 'write' } });
  const run = await scene.run({}, { token });
  expect(run.exitCode).toBe(1);
  expect(run.outputs.removed).toBe('[]');
  expect(await scene.previews()).toEqual(['pr-1']);
});
