import { startRegistry } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { OVERLAY, sentence, startStage } from './stage.ts';

const DIGEST = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';

describe('the registry is asked before anything is written', () => {
  test('verify-image: an image that is there', async () => {
    await using registry = await startRegistry();
    await registry.push('acme/web', 'v2');
    await using stage = await startStage({ [OVERLAY]: `image: ${registry.host}/acme/web:v1\n` });
    const run = await stage.run({ images: `${registry.host}/acme/web:v2`, 'verify-image': 'true' });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs.result).toBe('committed');
  });

  test('verify-image: one that is not', async () => {
    await using registry = await startRegistry();
    await using stage = await startStage({ [OVERLAY]: `image: ${registry.host}/acme/web:v1\n` });
    const run = await stage.run({ images: `${registry.host}/acme/web:v2`, 'verify-image': 'true' });
    expect(sentence(run)).toMatch(/^1: .*acme\/web:v2.*/);
    expect(run.requests).toEqual([]);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('resolve-digest: a stale digest is replaced with the right one', async () => {
    await using registry = await startRegistry();
    const digest = await registry.push('acme/web', 'v2');
    await using stage = await startStage({ [OVERLAY]: `image: ${registry.host}/acme/web:v1@${DIGEST}\n` });
    const refused = await stage.run({ images: `${registry.host}/acme/web:v2` });
    expect(sentence(refused)).toContain('pins a digest');
    const run = await stage.run({ images: `${registry.host}/acme/web:v2`, 'resolve-digest': 'true' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(`image: ${registry.host}/acme/web:v2@${digest}\n`);
  });
});
