import { describe, expect, test } from '@jest/globals';
import { overlay, PRODUCTION, SHOP, STAGING, sentence, startStage, V1, V2 } from './stage.ts';

describe('refused before anything is written', () => {
  test.each<readonly [string, Record<string, string>, Record<string, string>, string]>([
    [
      'one file on both sides',
      SHOP,
      { path: 'apps/shop' },
      `The inputs "from-path" and "path" both hold ${STAGING} of acme/gitops@main; name two environments that have no file in common.`,
    ],
    [
      'nothing in common',
      { [STAGING]: 'image: acme/a:v1\n', [PRODUCTION]: 'image: acme/b:v1\n' },
      {},
      `No image that ${STAGING} of acme/gitops@main holds is named in ${PRODUCTION} of acme/gitops@main; correct the inputs "from-path" and "path".`,
    ],
    [
      'an image that the source does not hold',
      SHOP,
      { images: 'ghcr.io/acme/wep' },
      `Input "images" names ghcr.io/acme/wep, but no place in ${STAGING} of acme/gitops@main holds it with a tag or digest (it holds ghcr.io/acme/web, ghcr.io/acme/orders); correct the name, or "from-path".`,
    ],
    [
      'an image that the target does not hold',
      { ...SHOP, [PRODUCTION]: `image: ghcr.io/acme/web:${V1}\n` },
      { images: 'ghcr.io/acme/orders' },
      `No place in ${PRODUCTION} holds the image ghcr.io/acme/orders; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.`,
    ],
    [
      'two releases in the source',
      {
        ...SHOP,
        [STAGING]: `${overlay(V2, V2)}  - name: x\n    newName: ghcr.io/acme/web\n    newTag: ${V1}\n`,
      },
      {},
      `${STAGING} of acme/gitops@main holds two releases of ghcr.io/acme/web: ${V2} (${STAGING}:4) and ${V1} (${STAGING}:8); name the file with the one to promote in the input "from-path".`,
    ],
    [
      'no file in the source',
      SHOP,
      { 'from-path': 'apps/shop/stagin' },
      'Input "from-path" (apps/shop/stagin) matches no YAML or JSON file in acme/gitops@main; correct the path, or the branch.',
    ],
    [
      'no file in the target',
      SHOP,
      { path: 'apps/*/prod' },
      'Input "path" (apps/*/prod) matches no YAML or JSON file in acme/gitops@main; correct the path, or the branch.',
    ],
    ['a source that is no YAML', { ...SHOP, [STAGING]: 'images: [\n' }, {}, `${STAGING}:2: not valid YAML (`],
    [
      'a digest without a place',
      {
        [STAGING]: `image: ghcr.io/acme/web:${V2}@sha256:${'a'.repeat(64)}\n`,
        [PRODUCTION]: overlay(V1, V1),
      },
      {},
      `${PRODUCTION}:4: images[0].newTag has no "digest" beside it to take sha256:${'a'.repeat(64)}; add an empty one, or pass the image by tag only. Nothing was written.`,
    ],
  ])('%s', async (_name, files, inputs, message) => {
    await using stage = await startStage(files);
    const run = await stage.run(inputs);
    expect(sentence(run).slice(0, message.length + 3)).toBe(`1: ${message}`);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });
});

test('a branch that is not there', async () => {
  await using stage = await startStage();
  const run = await stage.run({ 'from-branch': 'stagin' });
  expect(sentence(run)).toMatch(/^1: .*stagin/);
  expect(await stage.gitops.log('main')).toHaveLength(1);
});

test('hostile text in the manifests stays text', async () => {
  const hostile = 'apps/@acme-admins <img src=x>/staging.yaml';
  await using stage = await startStage({
    [hostile]: `image: acme/web:v2\n# ::error::pwned\n# </details><script>\n`,
    'apps/b.yaml': 'image: acme/web:v1 # ::error::pwned </details>\n',
  });
  const run = await stage.run({
    'from-path': hostile,
    path: 'apps/b.yaml',
    message: 'Promote\n::error::x {{images}}',
  });
  expect(sentence(run)).toBe('0: ');
  const outside = run.summary.replace(/```+diff.*?\n```+/gs, '').replace(/`[^`]*`/g, '');
  expect(outside).not.toMatch(/@acme-admins|<img|pwned|<script/);
});
