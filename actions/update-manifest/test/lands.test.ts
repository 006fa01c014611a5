import { describe, expect, test } from '@jest/globals';
import { KUSTOMIZATION, OVERLAY, sentence, startStage } from './stage.ts';

const IMAGES = ['web', 'orders', 'payments']
  .map((service) => `ghcr.io/acme/${service}:v1.0.2-bbbbbbb`)
  .join('\n');

describe('one commit', () => {
  test('three images in one file: two requests, three lines, not a byte more', async () => {
    await using stage = await startStage();
    const base = await stage.gitops.head('main');
    const run = await stage.run({ images: IMAGES }, { runNumber: 2 });
    expect(sentence(run)).toBe('0: ');
    expect(run.requests.map(({ route }) => route)).toEqual(['graphql ReadHead', 'graphql CommitFiles']);
    expect(await stage.gitops.read('main', OVERLAY)).toBe(
      KUSTOMIZATION.replaceAll('v1.0.1-aaaaaaa', 'v1.0.2-bbbbbbb'),
    );
    const [commit] = await stage.gitops.log('main');
    expect(commit).toMatchObject({ sha: run.outputs.commit, parents: [base], files: [OVERLAY] });
    expect(run.outputs.result).toBe('committed');
    expect(JSON.parse(run.outputs.changes ?? '')).toEqual([
      {
        file: OVERLAY,
        line: 4,
        path: 'images[0].newTag',
        from: 'v1.0.1-aaaaaaa',
        to: 'v1.0.2-bbbbbbb',
        result: 'updated',
      },
      {
        file: OVERLAY,
        line: 5,
        path: 'images[1].newTag',
        from: 'v1.0.1-aaaaaaa',
        to: 'v1.0.2-bbbbbbb',
        result: 'updated',
      },
      {
        file: OVERLAY,
        line: 8,
        path: 'images[2].newTag',
        from: 'v1.0.1-aaaaaaa',
        to: 'v1.0.2-bbbbbbb',
        result: 'updated',
      },
    ]);
  });

  test('the message says what, and its trailers say who', async () => {
    await using stage = await startStage();
    await stage.run({ images: IMAGES }, { runNumber: 2 });
    const [commit] = await stage.gitops.log('main');
    expect(
      commit?.message
        .trim()
        .split('\n')
        .map((line) => line.replace(/\b[0-9a-f]{40}\b/, '<sha>').replace(/http.*runs\/\d+/, '<run>')),
    ).toEqual([
      'Release web, orders, payments v1.0.2-bbbbbbb',
      '',
      'Release: v1.0.2-bbbbbbb',
      'Release-Sequence: 2',
      expect.stringMatching(/^Source-Workflow: acme\/shop\/\.github\/workflows\/.*\.ya?ml$/),
      'Source-Commit: <sha>',
      'Source-Run: <run>/attempts/1',
    ]);
  });

  test('the second run changes nothing and makes no commit', async () => {
    await using stage = await startStage();
    const first = await stage.run({ images: IMAGES });
    const second = await stage.run({ images: IMAGES });
    expect(second.outputs).toMatchObject({ result: 'unchanged', commit: first.outputs.commit });
    expect(second.requests).toHaveLength(1);
    expect(await stage.gitops.log('main')).toHaveLength(2);
  });

  test('no images: unchanged, with the head', async () => {
    await using stage = await startStage();
    const run = await stage.run({ images: '' });
    expect(run.outputs).toEqual({
      result: 'unchanged',
      commit: await stage.gitops.head('main'),
      'pull-request': '',
      'pull-request-url': '',
      images: '',
      changes: '[]',
      diff: '',
    });
  });

  test('the summary is a table and a diff that a person reads', async () => {
    await using stage = await startStage();
    const run = await stage.run({ images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb' });
    const diff = `--- a/${OVERLAY}
+++ b/${OVERLAY}
@@ -1,7 +1,7 @@
 # Owner: team-shop
 images:
   - name: ghcr.io/acme/web
-    newTag: v1.0.1-aaaaaaa      # written by delivery
+    newTag: v1.0.2-bbbbbbb      # written by delivery
   - { name: ghcr.io/acme/orders,   newTag: 'v1.0.1-aaaaaaa' }
 
   - name: ghcr.io/acme/payments
`;
    expect(run.outputs.diff).toBe(diff);
    expect(run.summary.replace(/\[[0-9a-f]{7}\]\(.*?\)/, '<commit>')).toBe(`### update-manifest: committed

Commit <commit> on \`acme/gitops@main\`

| place | from | to | result |
| --- | --- | --- | --- |
| \`${OVERLAY}:4\` | \`v1.0.1-aaaaaaa\` | \`v1.0.2-bbbbbbb\` | updated |

<details><summary>Diff</summary>

\`\`\`diff
${diff}\`\`\`

</details>
`);
  });
});

describe('paths', () => {
  const files = {
    'apps/a/kustomization.yaml': 'images: [{name: acme/web, newTag: v1}]\n',
    'apps/b/deep/values.yml': 'image: {repository: acme/web, tag: v1}\n',
    'apps/b/logo.png': new Uint8Array([0x89, 0x50, 0xff, 0x00]),
    'apps/b/templates/web.yaml': 'image: {{ .Values.web }}\n{{- if .x }}\n',
    'other/web.json': '{"image": "acme/web:v1"}\n',
  };

  test.each([
    ['a folder', 'apps', ['apps/a/kustomization.yaml', 'apps/b/deep/values.yml'], 4],
    [
      'the whole repository',
      '.',
      ['apps/a/kustomization.yaml', 'apps/b/deep/values.yml', 'other/web.json'],
      4,
    ],
    ['a glob', 'apps/**/*.yml', ['apps/b/deep/values.yml'], 4],
    ['a glob of JSON', '*/*.json', ['other/web.json'], 4],
    [
      'two files',
      'apps/a/kustomization.yaml\n./other/web.json',
      ['apps/a/kustomization.yaml', 'other/web.json'],
      2,
    ],
  ])('%s', async (_name, path, changed, requests) => {
    await using stage = await startStage(files);
    const run = await stage.run({ path, images: 'acme/web:v2' });
    expect(sentence(run)).toBe('0: ');
    expect((await stage.gitops.log('main'))[0]?.files).toEqual(changed);
    expect(run.requests.filter(({ route }) => !/blobs/.test(route)).length).toBeLessThanOrEqual(requests);
  });

  test('another branch', async () => {
    await using stage = await startStage();
    await stage.gitops.commit('staging', { 'x.yaml': 'image: acme/web:v1\n' });
    const run = await stage.run({ branch: 'staging', path: 'x.yaml', images: 'acme/web:v2' });
    expect(run.outputs.commit).toBe(await stage.gitops.head('staging'));
    expect(await stage.gitops.read('staging', 'x.yaml')).toBe('image: acme/web:v2\n');
  });

  test('this repository, with the job’s own token', async () => {
    await using stage = await startStage();
    await stage.shop.commit('main', { 'deploy.yaml': 'image: acme/web:v1\n' });
    const run = await stage.run({
      repository: 'acme/shop',
      'gitops-token': '',
      path: 'deploy.yaml',
      images: 'acme/web:v2',
    });
    expect(run.outputs.result).toBe('committed');
  });
});
