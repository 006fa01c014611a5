import { startRegistry } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { PRODUCTION, promoted, STAGING, sentence, startStage } from './stage.ts';

test('resolve-digest: the tag of the source, with its digest', async () => {
  await using registry = await startRegistry();
  const digest = await registry.push('acme/web', 'v2');
  const image = `${registry.host}/acme/web`;
  await using stage = await startStage({
    [STAGING]: `image: ${image}:v2\n`,
    [PRODUCTION]: `image: ${image}:v1@sha256:${'0'.repeat(64)}\n`,
  });
  const refused = await stage.run();
  expect(sentence(refused)).toContain('pins a digest');
  const run = await stage.run({ 'resolve-digest': 'true' });
  expect(sentence(run)).toBe('0: ');
  expect(promoted(run)).toMatchObject([{ image, to: `v2@${digest}` }]);
  expect(run.outputs.images).toBe(`${image}:v2@${digest}`);
  expect(await stage.gitops.read('main', PRODUCTION)).toBe(`image: ${image}:v2@${digest}\n`);
  const again = await stage.run({ 'resolve-digest': 'true' });
  expect(again.outputs.result).toBe('unchanged');
});

test('verify-image: one that is not there', async () => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/web`;
  await using stage = await startStage({
    [STAGING]: `image: ${image}:v2\n`,
    [PRODUCTION]: `image: ${image}:v1\n`,
  });
  const run = await stage.run({ 'verify-image': 'true' });
  expect(sentence(run)).toMatch(/^1: .*acme\/web:v2.*/);
  expect(await stage.gitops.log('main')).toHaveLength(1);
});
