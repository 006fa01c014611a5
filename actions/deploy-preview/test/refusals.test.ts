import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { type Stage, stage } from './stage.ts';

/** Nothing was written anywhere. */
async function expectUntouched(scene: Stage) {
  expect(scene.shop.deployments()).toEqual([]);
  expect(await scene.gitops.list('main', 'previews')).toEqual(['previews/README.md']);
}

describe('inputs', () => {
  test.each<[string, Record<string, string>, string]>([
    ['engine missing', { engine: '' }, 'Input "engine" is ""; it must be one of: helm, kustomize, gitops.'],
    [
      'engine not supported',
      { engine: 'argo' },
      'Input "engine" is "argo"; it must be one of: helm, kustomize, gitops.',
    ],
    ['image missing', { image: '' }, 'Input "image" is empty; it is required.'],
    [
      'image without version',
      { image: 'ghcr.io/acme/web' },
      'Input "image" is "ghcr.io/acme/web"; it must be an image reference with a tag or a digest, such as ghcr.io/acme/web:v1.0.42.',
    ],
    ['misspelt name', { 'health-txt': 'x' }, 'Unknown input "health-txt"; did you mean "health-text"?'],
    ['misspelt required name', { path: '', pth: 'previews' }, 'Unknown input "pth"; did you mean "path"?'],
    ['scheme', { scheme: 'HTTPS' }, 'Input "scheme" is "HTTPS"; it must be one of: https, http.'],
    [
      'pull request',
      { 'pull-request': '#1' },
      'Input "pull-request" is "#1"; it must be a whole number from 1.',
    ],
    [
      'ttl',
      { ttl: 'for ever' },
      'Input "ttl" is "for ever"; it must be a duration such as 90s, 5m, 1h30m or 7d.',
    ],
    [
      'a cap that is no number',
      { 'max-previews': 'ten' },
      'Input "max-previews" is "ten"; it must be a whole number from 0.',
    ],
    ['drafts', { 'skip-drafts': 'yes' }, 'Input "skip-drafts" is "yes"; it must be one of: true, false.'],
    [
      'labels that are no list',
      { 'only-labels': '[1]' },
      'Input "only-labels" is "[1]"; it must be one item a line, or a JSON list of texts.',
    ],
    [
      'controller',
      { controller: 'argo' },
      'Input "controller" is "argo"; it must be one of: none, argocd, flux.',
    ],
    [
      'a controller for an engine that writes no files',
      { engine: 'helm', chart: 'chart', controller: 'flux' },
      'Input "controller" is "flux", but only the engine gitops writes for a controller; leave one of them out.',
    ],
    [
      'namespace of the controller',
      { controller: 'argocd', 'controller-namespace': 'Argo CD' },
      'Input "controller-namespace" is "Argo CD"; it must be a Kubernetes namespace, such as argocd.',
    ],
    ['ttl too short', { ttl: '0s' }, 'Input "ttl" is "0s"; it must be at least 1m.'],
    [
      'neither domain nor host',
      { domain: '' },
      'Neither "domain" nor "host" is given; set exactly one: "domain" puts the preview at <name>.<domain>, "host" at a host of its own.',
    ],
    [
      'both',
      { host: 'x.test' },
      'Both "domain" and "host" are given; set exactly one: "domain" puts the preview at <name>.<domain>, "host" at a host of its own.',
    ],
    [
      'domain',
      { domain: 'https://x.test' },
      'Input "domain" is "https://x.test"; it must be a DNS name such as preview.example.com (no scheme, no wildcard, no path, no port).',
    ],
    [
      'path outside',
      { path: '../x' },
      'Input "path" has the path "../x"; it must stay inside the repository and use "/" (no leading "/", no "..", ":" or "\\").',
    ],
    [
      'path is the root',
      { path: '.' },
      'Input "path" is "."; it must be a folder such as previews or clusters/dev/previews (letters, digits, dashes, dots, underscores).',
    ],
    [
      'health status',
      { 'health-status': '2xx' },
      'Input "health-status" is "2xx"; it must be statuses such as 200-399 or 200,204.',
    ],
    [
      'health path',
      { 'health-path': 'healthz' },
      'Input "health-path" is "healthz"; it must be a path that starts with "/", without spaces and "#".',
    ],
    [
      'health text',
      { 'health-text': '{{version}}' },
      'Input "health-text" is "{{version}}"; it must be text with no placeholders but {{tag}} {{sha}} {{name}}.',
    ],
    [
      'service',
      { service: 'a b' },
      'Input "service" is "a b"; it must be up to 63 letters, digits, dashes, dots and underscores, as in a Kubernetes label.',
    ],
    [
      'name',
      { name: '{{branch}}' },
      'Input "name" is "{{branch}}"; it must be text with no placeholders but {{pr}} {{service}}.',
    ],
    [
      'template',
      { template: 'nowhere' },
      'Input "template" is "nowhere", which is not a folder in the workspace; check the path, and that a step with actions/checkout runs before this one.',
    ],
    [
      'repository',
      { repository: 'https://github.com/acme/gitops' },
      'Input "repository" is "https://github.com/acme/gitops"; it must be a repository as owner/name.',
    ],
    [
      'token for another repository',
      { 'gitops-token': '' },
      `Input "gitops-token" is empty, but "repository" is acme/gitops and the job's token only opens acme/shop; mint a token of a GitHub App that is installed there (actions/create-github-app-token, permission contents: write) and pass it.`,
    ],
  ])('%s', async (_name, inputs, message) => {
    await using scene = await stage();
    const run = await scene.run(inputs);
    expect(run.annotations).toMatchObject([{ level: 'error', message }]);
    expect(run.exitCode).toBe(1);
    await expectUntouched(scene);
  });
});

describe('event', () => {
  test('about no pull request', async () => {
    await using scene = await stage();
    const payload = scene.github.event('schedule', { repository: scene.shop });
    const run = await scene.run({}, { event: { name: 'schedule', payload } });
    expect(run.annotations).toMatchObject([
      {
        message:
          'The event "schedule" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.',
      },
    ]);
    await expectUntouched(scene);
  });

  test('file that cannot be read', async () => {
    await using scene = await stage();
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'event.json');
    await writeFile(file, '"text"');
    const run = await scene.run({}, { env: { GITHUB_EVENT_PATH: file } });
    expect(run.annotations[0]?.message).toMatch(
      /^The event file .*event\.json cannot be read \(it is not a JSON object\); it is written by the runner, so re-run the job\.$/,
    );
    await expectUntouched(scene);
  });
});

describe('GitHub', () => {
  test.each<[string, (scene: Stage) => string, string]>([
    [
      '401',
      () => 'ghs_unknown',
      'Cannot read pull request 1 of acme/shop: Bad credentials (401). The token is not valid here or has expired; pass one that belongs to this server.',
    ],
    [
      '403',
      ({ github }) =>
        github.issueToken({ permissions: { metadata: 'read', pull_requests: 'read', contents: 'read' } }),
      'Cannot create a deployment in acme/shop: Resource not accessible by integration (403). The token needs `deployments: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
    ],
    [
      '404',
      ({ github }) => github.issueToken({ repositories: ['acme/gitops'] }),
      'Cannot read pull request 1 of acme/shop: Not Found (404). Either it does not exist or the token may not see it; check the name, and that the token has `pull-requests: read` for that repository.',
    ],
  ])('%s', async (_name, tokenOf, message) => {
    await using scene = await stage({ private: true });
    const run = await scene.run({}, { token: tokenOf(scene) });
    expect(run.annotations).toMatchObject([{ level: 'error', message }]);
    expect(run.exitCode).toBe(1);
    await expectUntouched(scene);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'GitOps repository that is not there',
      { repository: 'acme/nowhere' },
      /^Cannot read acme\/nowhere@its default branch: .*check the name, and that the token has `contents: read` for that repository\.$/,
    ],
    [
      'branch that is not there',
      { branch: 'nowhere' },
      /^The repository acme\/gitops has no branch "nowhere"; create it, or correct the input "branch"\.$/,
    ],
  ])('%s: failed, and the Deployment says so', async (_name, inputs, message) => {
    await using scene = await stage();
    const run = await scene.run(inputs);
    expect(run.exitCode).toBe(1);
    expect(run.annotations[0]?.message).toMatch(message);
    expect(run.outputs.status).toBe('failed');
    expect(scene.shop.deployments()[0]?.statuses[0]?.state).toBe('failure');
  });

  test('a Deployment whose answer was lost is not made twice', async () => {
    await using scene = await stage();
    scene.github.inject({
      match: 'POST /repos/{owner}/{repo}/deployments',
      status: 502,
      times: 1,
      after: true,
    });
    const run = await scene.run();
    expect(run.outputs.status).toBe('ready');
    expect(scene.shop.deployments()).toHaveLength(1);
  });
});
