import { startRegistry } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { emptyStage, sentence } from './stage.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const VERIFY = { path: 'app.yaml', 'verify-image': 'true' };

async function startBoth(before: string, after: string) {
  const registry = await startRegistry();
  const text = (reference: string) => `image: ${registry.host}/acme/web:${reference}\n`;
  const stage = await emptyStage({ 'app.yaml': text(before) });
  await stage.release('v2', { 'app.yaml': text(after) });
  const close = async () => {
    await stage[Symbol.asyncDispose]();
    await registry.close();
  };
  return { registry, stage, text, [Symbol.asyncDispose]: close };
}

describe('the registry is asked before anything is written', () => {
  test('an image that is still there', async () => {
    await using it = await startBoth('v1', 'v2');
    await it.registry.push('acme/web', 'v1');
    const run = await it.stage.back(VERIFY);
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'committed', to: 'v1' });
  });

  test('one that is gone: its name is said', async () => {
    await using it = await startBoth('v1', 'v2');
    await it.registry.push('acme/web', 'v2');
    const run = await it.stage.back(VERIFY);
    expect(sentence(run)).toMatch(/^1: .*acme\/web:v1/);
    expect(await it.stage.gitops.log('main')).toHaveLength(2);
  });

  test('a digest stands now and none stood before: the right one is written', async () => {
    await using it = await startBoth('v1', `v2@${DIGEST}`);
    const digest = await it.registry.push('acme/web', 'v1');
    const run = await it.stage.back({ ...VERIFY, 'verify-image': 'false' });
    expect(sentence(run)).toBe('0: ');
    expect(await it.stage.gitops.read('main', 'app.yaml')).toBe(
      `${it.text(`v1@${digest}`).trimEnd()} # gitops-actions: blocked v2\n`,
    );
  });

  test('a digest that stood before comes back as it was', async () => {
    await using it = await startBoth(`v1@${DIGEST}`, 'v2');
    const run = await it.stage.back({ ...VERIFY, 'verify-image': 'false' });
    expect(sentence(run)).toBe('0: ');
    expect(await it.stage.gitops.read('main', 'app.yaml')).toBe(
      `${it.text(`v1@${DIGEST}`).trimEnd()} # gitops-actions: blocked v2\n`,
    );
  });
});

test('a key for the digest that was taken away since is added again', async () => {
  const entry = (tag: string, digest = '') =>
    `images:\n- name: acme/web\n  newTag: ${tag}\n${digest && `  digest: ${digest}\n`}`;
  await using stage = await emptyStage({ 'app.yaml': entry('v1', DIGEST) });
  await stage.release('v2', { 'app.yaml': entry('v2') });
  const run = await stage.back({ path: 'app.yaml' });
  expect(sentence(run)).toBe('0: ');
  expect(await stage.gitops.read('main', 'app.yaml')).toBe(
    entry('v1', DIGEST).replace('newTag: v1', 'newTag: v1 # gitops-actions: blocked v2'),
  );
});
