import { runAction } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { PRODUCTION, promoted, STAGING, sentence, startStage, V1, V2 } from './stage.ts';

const VERIFY = { 'require-verified': 'true', 'from-environment': 'staging' };
const WEB = `ghcr.io/acme/web:${V2}`;
const ORDERS = `ghcr.io/acme/orders:${V2}`;
const unverified = (problems: string) =>
  `1: Not verified in staging: ${problems}. Run verify-deployment there with "environment: staging" and these "images" in acme/shop, or set "require-verified: false"; nothing was written.`;
const NOT_NAMED = (image: string) => `${image} (none of the last 1000 deployments names it)`;

describe('only what was verified', () => {
  test('a release that reached success, whatever replaced it since', async () => {
    await using stage = await startStage();
    await stage.verified([WEB]);
    await stage.verified([`docker.io/x/y:z`, ORDERS], { states: ['in_progress', 'success'] });
    await stage.verified([WEB], { states: ['in_progress', 'error'] });
    await stage.verified([WEB], { states: ['in_progress'] });
    const run = await stage.run(VERIFY);
    expect(sentence(run)).toBe('0: ');
    expect(promoted(run)).toHaveLength(2);
  });

  test.each([
    ['no record at all', [], unverified(`${NOT_NAMED(WEB)}, ${NOT_NAMED(ORDERS)}`)],
    ['one image of two', [{ images: [WEB] }], unverified(NOT_NAMED(ORDERS))],
    [
      'another environment',
      [{ images: [WEB, ORDERS], environment: 'dev' }],
      unverified(`${NOT_NAMED(WEB)}, ${NOT_NAMED(ORDERS)}`),
    ],
    ['another release', [{ images: [`ghcr.io/acme/web:${V1}`, ORDERS] }], unverified(NOT_NAMED(WEB))],
    [
      'still waiting',
      [{ images: [WEB], states: ['in_progress'] }, { images: [ORDERS] }],
      unverified(NOT_NAMED(WEB)),
    ],
  ])('refused: %s', async (_name, records, message) => {
    await using stage = await startStage();
    for (const { images, ...more } of records as { images: string[]; states?: string[] }[])
      await stage.verified(images, more);
    const run = await stage.run(VERIFY);
    expect(sentence(run)).toBe(message);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('refused: found degraded after it was healthy', async () => {
    await using stage = await startStage();
    await stage.verified([WEB, ORDERS]);
    await stage.verified([WEB], { states: ['in_progress', 'failure'] });
    const run = await stage.run(VERIFY);
    expect(sentence(run)).toMatch(
      /^1: Not verified in staging: ghcr\.io\/acme\/web:v1\.0\.2-bbbbbbb \(found degraded on \d{4}-\d\d-\d\d\)\. Run /,
    );
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('a digest decides, whatever the tags are', async () => {
    const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
    const pinned = (letter: string) => `image: ghcr.io/acme/web:${V2}@${digest(letter)}\n`;
    await using stage = await startStage({ [STAGING]: pinned('a'), [PRODUCTION]: pinned('b') });
    await stage.verified([`${WEB}@${digest('c')}`]);
    const refused = await stage.run(VERIFY);
    expect(sentence(refused)).toBe(
      unverified(`${WEB}@${digest('a')} (deployments name that tag with another digest, ${digest('c')})`),
    );
    await stage.verified([`ghcr.io/acme/web@${digest('a')}`]);
    expect(sentence(await stage.run(VERIFY))).toBe('0: ');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(pinned('a'));
  });

  test('without the permission: the sentence names it', async () => {
    await using stage = await startStage();
    const shop = await stage.github.createRepository('acme/private', { private: true, files: { a: 'b' } });
    const token = stage.github.issueToken({ permissions: { contents: 'write', metadata: 'read' } });
    const run = await runAction('promote-release', {
      github: stage.github,
      repository: shop,
      token,
      inputs: {
        repository: 'acme/gitops',
        'gitops-token': token,
        'from-path': STAGING,
        path: PRODUCTION,
        ...VERIFY,
      },
    });
    expect(sentence(run)).toMatch(
      /^1: Cannot read the deployments of acme\/private: .+ The token needs `deployments: read`/,
    );
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });
});
