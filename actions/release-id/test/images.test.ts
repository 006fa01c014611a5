import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const sha = 'abc1234def0000000000000000000000000000aa';
const id = 'v1.0.42-abc1234';

test.each([
  {
    what: 'names and a prefix',
    inputs: { services: 'web\norders', 'image-prefix': 'ghcr.io/Acme' },
    legs: [
      { name: 'web', image: `ghcr.io/acme/web:${id}` },
      { name: 'orders', image: `ghcr.io/acme/orders:${id}` },
    ],
  },
  {
    what: 'objects with keys of their own',
    inputs: {
      services: '["web", {"context": "o", "name": "orders", "image": "a.io/b", "paths": ["o/**"], "cpu": 2}]',
      'image-prefix': 'ghcr.io/acme',
    },
    legs: [
      { name: 'web', image: `ghcr.io/acme/web:${id}` },
      { name: 'orders', image: `a.io/b:${id}`, context: 'o', paths: ['o/**'], cpu: 2 },
    ],
  },
  {
    what: 'two services of one image, without a prefix',
    inputs: { services: '[{"name": "api", "image": "a.io/b"}, {"name": "worker", "image": "a.io/b"}]' },
    legs: [
      { name: 'api', image: `a.io/b:${id}` },
      { name: 'worker', image: `a.io/b:${id}` },
    ],
  },
  {
    what: 'one image',
    inputs: { 'image-prefix': 'ghcr.io/acme/shop' },
    legs: [{ image: `ghcr.io/acme/shop:${id}` }],
  },
  { what: 'nothing', inputs: {}, legs: [] },
  { what: 'an empty list', inputs: { services: '[]' }, legs: [] },
])('$what: a leg each, with its image', async ({ inputs, legs }) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const run = await runAction('release-id', { github, repository, inputs, sha, runNumber: 42 });
  expect(run.annotations).toEqual([]);
  expect(JSON.parse(run.outputs.matrix ?? '')).toEqual({ include: legs });
  expect(run.outputs.images).toBe([...new Set(legs.map(({ image }) => image))].join('\n'));
  expect(run.outputs['has-services']).toBe(String(legs.length > 0));
  for (const { image } of legs) expect(run.summary).toContain(`\`${image}\` |`);
  expect(run.requests).toEqual([]);
});
