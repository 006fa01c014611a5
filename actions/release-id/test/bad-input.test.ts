import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const cases: { what: string; inputs?: Record<string, string>; message: string }[] = [
  { what: 'an emptied input', inputs: { format: '' }, message: 'Input "format" is empty; it is required.' },
  {
    what: 'a misspelt name',
    inputs: { servces: 'web' },
    message: 'Unknown input "servces"; did you mean "services"?',
  },
  {
    what: 'a misspelt placeholder, in the format of other events too',
    inputs: { 'preview-format': 'pr-{{rp}}' },
    message: 'Input "preview-format" uses {{rp}}, which is not a placeholder; did you mean {{pr}}?',
  },
  {
    what: 'an event that is about no pull request',
    inputs: { format: 'pr-{{pr}}' },
    message:
      'Input "format" uses {{pr}}, which has no value for the event "push" on "refs/heads/main"; leave it out, or run this workflow on a pull request or its merge queue entry.',
  },
  {
    what: 'a service without an image',
    inputs: { services: 'web' },
    message:
      'Input "image-prefix" is empty, so service "web" has no image; set it, for example to ghcr.io/acme, or give the service an "image".',
  },
  {
    what: 'a prefix with a tag',
    inputs: { services: 'web', 'image-prefix': 'ghcr.io/acme:v1' },
    message:
      'Input "image-prefix" is "ghcr.io/acme:v1", which carries a tag; leave it out, because the release id becomes the tag.',
  },
  {
    what: 'a service twice',
    inputs: { services: 'web\nweb', 'image-prefix': 'ghcr.io/acme' },
    message: 'Input "services" holds the service "web" twice; keep one of them.',
  },
  {
    what: 'a value that overflows the stack',
    inputs: {
      services: `[{"name":"web","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`,
      'image-prefix': 'x',
    },
    message: 'Input "services" is nested more than 32 levels deep; write flat values.',
  },
  {
    what: 'a workflow command as a name',
    inputs: { services: '::warning::x', 'image-prefix': 'ghcr.io/acme' },
    message:
      'Input "services" holds a service named "::warning::x"; a name must be a DNS label: at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends.',
  },
];

test.each(cases)('$what: one sentence and no output', async ({ inputs = {}, message }) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.annotations).toEqual([{ level: 'error', message }]);
  expect(run.summary).toContain(message);
  expect(run.outputs).toEqual({});
  expect(run.requests).toEqual([]);
  expect(run.exitCode).toBe(1);
});

test('an event file that cannot be read: one sentence and no output', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const env = { GITHUB_EVENT_PATH: '/nowhere/event.json' };
  const run = await runAction('release-id', { github, repository, env });
  expect(run.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    expect.stringMatching(
      /^error: The event file \/nowhere\/event\.json cannot be read \(ENOENT.*\); it is written by the runner, so re-run the job\.$/,
    ),
  ]);
  expect(run.outputs).toEqual({});
  expect(run.exitCode).toBe(1);
});

test('a pull request event without its head: one sentence', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const { number } = await repository.openPullRequest({ head: 'feature/x', files: { 'a.txt': 'a' } });
  const event = { name: 'pull_request', payload: { number, pull_request: { number } } };
  const run = await runAction('release-id', { github, repository, event });
  expect(run.annotations.map(({ message }) => message)).toEqual([
    'The event "pull_request": its pull_request.head.sha is missing; it must be a full commit id, so run this action on an event that GitHub sent.',
  ]);
  expect(run.exitCode).toBe(1);
});
