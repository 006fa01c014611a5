import { expect, test } from '@jest/globals';
import { overlay, PRODUCTION, promoted, sentence, startStage, V1, V2 } from './stage.ts';

test('strategy pull-request: the change and its table, nothing on the base', async () => {
  await using stage = await startStage();
  const run = await stage.run({ strategy: 'pull-request', 'pull-request-branch': 'release/production' });
  expect(sentence(run)).toBe('0: ');
  expect(run.outputs).toMatchObject({ result: 'proposed', commit: '', 'pull-request': '1' });
  expect(promoted(run)).toHaveLength(2);
  expect(run.outputs.images).toBe('');
  const [pullRequest] = stage.gitops.pullRequests();
  expect(await stage.gitops.read('release/production', PRODUCTION)).toBe(overlay(V2, V2));
  expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V1, V1));
  const body = await bodyOf(stage.github.apiUrl, stage.github.token, pullRequest?.number ?? 0);
  expect(body).toContain(`\`newTag: ${V1} # written by delivery\` | \`newTag: ${V2} # written by delivery\``);
  expect(body).toContain('Promoted-From: acme/gitops@');
  const again = await stage.run({ strategy: 'pull-request', 'pull-request-branch': 'release/production' });
  expect(again.outputs).toMatchObject({ result: 'proposed', 'pull-request': '1' });
  expect(promoted(again)).toHaveLength(2);
});

async function bodyOf(apiUrl: string, token: string, number: number): Promise<string> {
  const headers = { authorization: `token ${token}` };
  const response = await fetch(`${apiUrl}/repos/acme/gitops/pulls/${number}`, { headers });
  return ((await response.json()) as { body: string }).body;
}
