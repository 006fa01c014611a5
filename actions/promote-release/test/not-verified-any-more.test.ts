import { describe, expect, test } from '@jest/globals';
import { overlay, PRODUCTION, STAGING, type Stage, sentence, startStage, V1, V2, V3 } from './stage.ts';

const BRANCH = 'release/production';
const VERIFY = {
  strategy: 'pull-request',
  'pull-request-branch': BRANCH,
  'require-verified': 'true',
  'from-environment': 'staging',
};
const [WEB, ORDERS] = [`ghcr.io/acme/web:${V2}`, `ghcr.io/acme/orders:${V2}`];
const states = ({ gitops }: Stage) => gitops.pullRequests().map(({ state }) => state);

describe('a release that is not verified any more', () => {
  const BAD = `1: Not verified in staging: ${WEB} (found degraded on DATE), ${ORDERS} (found degraded on DATE). Run verify-deployment there with "environment: staging" and these "images" in acme/shop, or set "require-verified: false"`;
  const dated = (text: string) => text.replace(/\d{4}-\d\d-\d\d/g, 'DATE');

  test('the pull request closes, and the error says so', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    expect((await stage.run(VERIFY)).outputs.result).toBe('proposed');
    await stage.verified([WEB, ORDERS], { states: ['failure'] });
    expect(dated(sentence(await stage.run(VERIFY)))).toBe(
      `${BAD}. Pull request 1 held ${WEB}, ${ORDERS} and is closed.`,
    );
    expect(states(stage)).toEqual(['closed']);
    expect(dated(sentence(await stage.run(VERIFY)))).toBe(`${BAD}; nothing was written.`);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('the pull request keeps what else it brings', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    await stage.run(VERIFY);
    await stage.verified([WEB], { states: ['failure'] });
    expect(sentence(await stage.run(VERIFY))).toMatch(
      /"require-verified: false"\. The pull request of "release\/production" held ghcr\.io\/acme\/web:v1\.0\.2-bbbbbbb; it was taken back from there\.$/,
    );
    expect(states(stage)).toEqual(['open']);
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V1, V2));
  });

  test('an older one that was verified stays while the next one is not', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    await stage.run(VERIFY);
    await stage.gitops.commit('main', { [STAGING]: overlay(V3, V3) });
    expect(sentence(await stage.run(VERIFY))).toMatch(/nothing was written\.$/);
    expect(states(stage)).toEqual(['open']);
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V2, V2));
  });

  test('nobody asks whether the release that production has was verified', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    await stage.run(VERIFY);
    await stage.gitops.commit('main', { [STAGING]: overlay(V1, V1) });
    expect(sentence(await stage.run(VERIFY))).toBe('0: ');
    expect(states(stage)).toEqual(['closed']);
  });

  test('the pull request cannot be reached: both are said', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    await stage.run(VERIFY);
    await stage.verified([WEB, ORDERS], { states: ['failure'] });
    stage.github.inject({
      match: 'graphql CommitFiles',
      status: 403,
      body: { message: 'Resource not accessible' },
    });
    expect(dated(sentence(await stage.run(VERIFY)))).toContain(
      `${BAD}. The pull request of "release/production" may still hold it: Cannot commit to acme/gitops@release/production: Resource not accessible (403).`,
    );
    expect(states(stage)).toEqual(['open']);
  });
});
