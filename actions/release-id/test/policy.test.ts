import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

test('a policy that would match previews is left out, with a notice', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const inputs = { 'preview-format': 'v1.0.{{run_number}}-{{sha}}' };
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.exitCode).toBe(0);
  expect(run.outputs['flux-image-policy']).toBe('');
  expect(run.annotations).toEqual([
    {
      level: 'notice',
      message:
        'The output "flux-image-policy" is empty, because previews can have ids like those of releases; begin "preview-format" with a text that "format" does not have, such as pr-{{pr}}-.',
    },
  ]);
});

test('a preview that only a policy of pre-releases would match is none of a release', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  const policyOf = async (preRelease: string) => {
    const inputs = {
      'version-from': 'tags',
      format: 'v{{version}}',
      'preview-format': 'v{{version}}-pr.{{pr}}',
      'pre-release': preRelease,
    };
    const run = await runAction('release-id', { github, repository, inputs });
    expect(run.exitCode).toBe(0);
    return {
      policy: run.outputs['flux-image-policy'] ?? '',
      told: run.annotations.map(({ level }) => level),
    };
  };
  const [ofReleases, ofCandidates] = await Promise.all([policyOf(''), policyOf('rc')]);
  expect(ofReleases.told).toEqual([]);
  const { pattern } = parse(ofReleases.policy).filterTags;
  const expression = new RegExp(pattern.replaceAll('(?P<', '(?<'));
  expect(['v1.2.1', 'v1.2.1-pr.7'].map((id) => expression.test(id))).toEqual([true, false]);
  expect(ofCandidates).toEqual({ policy: '', told: ['notice'] });
});
