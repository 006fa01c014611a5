import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const versions = {
  'version-from': 'tags',
  'image-prefix': 'ghcr.io/acme',
  services: '[{"name": "web", "paths": ["web"]}]',
};

/** The call that is answered by something else, what was to be done with it, and the inputs that make it. */
const calls: [match: string, doing: string, inputs: Record<string, string>][] = [
  ['graphql Tags', 'read the tags of acme/shop', versions],
  ['GET /repos/{owner}/{repo}/compare/{basehead}', 'compare the tag "v1.0.0" of acme/shop', versions],
  ['graphql PathHistory', 'read the history of "web" in acme/shop', versions],
  [
    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
    'read commit',
    { format: "{{commit_date 'YYYYMMDD'}}" },
  ],
  ['GET /repos/{owner}/{repo}/actions/runs/{run_id}', 'read run', { format: "{{date 'YYYYMMDD'}}" }],
];
const bodies = ['<html>Please log in</html>', { data: { repository: null } }];

test.each(calls)('an answer of %s that is not one of GitHub: one sentence', async (match, doing, inputs) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.0.0');
  await repository.commit('main', { 'web/a.txt': 'a' }, { message: 'fix: one' });
  for (const body of bodies) {
    github.inject({ match, times: 1, status: 200, body });
    const run = await runAction('release-id', { github, repository, inputs });
    const [said, ...more] = run.annotations.map(({ message }) => message);
    expect(more).toEqual([]);
    expect(said).toContain(`Cannot ${doing}`);
    expect(said).toMatch(
      /: the answer is not one of GitHub\. GitHub did not answer properly; re-run the job\.$/,
    );
    expect(run.outputs).toEqual({});
    expect(run.exitCode).toBe(1);
  }
});
