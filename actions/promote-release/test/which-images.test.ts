import { describe, expect, test } from '@jest/globals';
import { overlay, PRODUCTION, promoted, SHOP, STAGING, said, sentence, startStage, V1, V2 } from './stage.ts';

describe('which images', () => {
  test('chosen ones', async () => {
    await using stage = await startStage();
    const run = await stage.run({ images: 'ghcr.io/acme/orders' });
    expect(promoted(run)).toEqual([{ image: 'ghcr.io/acme/orders', from: V1, to: V2 }]);
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V1, V2));
  });

  test('of other forms: a chart in the source, a Rollout in the target, a file per side', async () => {
    await using stage = await startStage({
      'staging/values.yaml': `web: {image: {registry: ghcr.io, repository: acme/web, tag: ${V2}}}\nonly: {image: a/b:v1}\n`,
      'staging/templates/x.yaml': 'image: {{ .Values.image }}\n',
      'production/rollout.yaml': `kind: Rollout\nspec: {template: {spec: {containers: [{image: "ghcr.io/acme/web:${V1}"}]}}}\n`,
      'production/redis.yaml': 'image: redis:7\nurl: redis:6379\n',
      'staging/redis.yaml': 'image: redis:8\nurl: redis:6380\n',
    });
    const run = await stage.run({ 'from-path': 'staging', path: 'production' });
    expect(sentence(run)).toBe('0: ');
    expect(promoted(run)).toEqual([
      { image: 'redis', from: '7', to: '8' },
      { image: 'ghcr.io/acme/web', from: V1, to: V2 },
    ]);
    // The host and its port stays.
    expect(await stage.gitops.read('main', 'production/redis.yaml')).toBe(
      'image: redis:8\nurl: redis:6379\n',
    );
    expect(said(run, 'notice')).toEqual([
      'production/redis.yaml:2: url is taken for a host and its port, because its key does not say "image"; it is left alone.',
    ]);
  });

  test('one that may mean something else in the target is left out, unless it is named', async () => {
    const production = 'image: admin:v1\nrole: admin:read\n';
    await using stage = await startStage({
      ...SHOP,
      'staging/a.yaml': 'image: admin:v2\n',
      'production/a.yaml': production,
    });
    const paths = { 'from-path': `staging\n${STAGING}`, path: `production\n${PRODUCTION}` };
    const run = await stage.run(paths);
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', 'production/a.yaml')).toBe(production);
    expect(run.annotations.map(({ message }) => message)).toEqual([
      'production/a.yaml:2 may mean the image admin or something else, so it is left out; name it in the input "images" to promote it.',
    ]);
    const named = await stage.run({ ...paths, images: 'admin' });
    expect(sentence(named)).toBe('0: ');
    expect(await stage.gitops.read('main', 'production/a.yaml')).toBe('image: admin:v2\nrole: admin:v2\n');
  });

  test('one that the target lacks, with add-missing', async () => {
    const production = `images:\n  - name: ghcr.io/acme/web\n    newTag: ${V1}\n`;
    await using stage = await startStage({ ...SHOP, [PRODUCTION]: production });
    const run = await stage.run({ images: 'ghcr.io/acme/orders', 'add-missing': 'true' });
    expect(sentence(run)).toBe('0: ');
    expect(promoted(run)).toEqual([{ image: 'ghcr.io/acme/orders', from: '', to: V2 }]);
    expect(await stage.gitops.read('main', PRODUCTION)).toContain(
      `  - name: ghcr.io/acme/orders\n    newTag: ${V2}\n`,
    );
  });

  test('a digest goes with its tag', async () => {
    const digest = `sha256:${'d'.repeat(64)}`;
    const pinned = (tag: string, value: string) =>
      `images:\n  - name: ghcr.io/acme/web\n    newTag: ${tag}\n    digest: ${value}\n`;
    await using stage = await startStage({
      [STAGING]: pinned(V2, digest),
      [PRODUCTION]: pinned(V1, `sha256:${'0'.repeat(64)}`),
    });
    const run = await stage.run();
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(pinned(V2, digest));
    expect(promoted(run)).toMatchObject([{ to: `${V2}@${digest}` }]);
  });
});
