import type { ActionContext } from '@gitops-actions/core/action';
import { parseImageReference } from '@gitops-actions/core/image';
import { startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { log, TRANSPORTS } from '../../../test/contract/transports.ts';
import { replacementsIn } from '../src/replacements.ts';
import { FILE, OURS, overlay, released } from './replaced-stage.ts';

const { signal } = new AbortController();
const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';

test('an order that cannot be found out makes nothing superseded; it is asked for again', async () => {
  await using github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const older = await shop.head('main');
  const newer = await shop.commit('main', { 'app.txt': 'two' });
  const gitops = await github.createRepository('acme/gitops', { files: { [FILE]: overlay('none') } });
  const commit = await gitops.commit('main', { [FILE]: overlay(newer) });
  const revision = await gitops.commit('main', { [FILE]: overlay(older) }, { message: released(older) });
  const { token, apiUrl, graphqlUrl } = github;
  const run = { apiUrl, graphqlUrl, repository: 'acme/shop', workflowRef: `${OURS}@refs/heads/main` };
  const context = { run, log, signal, environment: {} } as unknown as ActionContext;
  const [transport] = TRANSPORTS;
  if (transport === undefined) throw new Error('no transport');
  await using repository = await transport.open({ github, repository: 'acme/gitops', branch: 'main', token });
  const images = [`acme/web:${newer}`].flatMap((text) => parseImageReference(text) ?? []);
  let time = 0;
  const replacements = replacementsIn(repository, { commit, images, token }, context, () => time);
  const ask = async () => {
    const found = await replacements({ revision, paths: ['apps/web/**/*.yaml'] }, signal);
    return found.map(({ isNewer }) => isNewer);
  };
  github.inject({ match: COMPARE, times: 1, status: 403, body: { message: 'Not accessible' } });
  expect(await ask()).toEqual([]);
  time = 30_000;
  // The older commit was landed on purpose, by the same workflow.
  expect(await ask()).toEqual([false]);
});
