import { describe, expect, test } from '@jest/globals';
import { OVERLAY, sentence, startStage } from './stage.ts';

const VALUES = `# production
replicas: 2   # two zones
image: { tag: "1.10" }
flags:
  - name: beta
    on: false
  - name: fast
    on: true
"acme.com/owner": shop
`;

describe('values', () => {
  test.each([
    ['a number stays a number', 'values.yaml#replicas=3', VALUES.replace('replicas: 2', 'replicas: 3')],
    ['a text stays a text', 'values.yaml#image.tag=1.20', VALUES.replace('"1.10"', '"1.20"')],
    [
      'a boolean of a named item',
      'values.yaml#flags[name=beta].on=true',
      VALUES.replace('on: false', 'on: true'),
    ],
    ['a key with dots', 'values.yaml#["acme.com/owner"]=web', VALUES.replace(': shop', ': web')],
    ['an index', 'values.yaml#flags[1].on=false', VALUES.replace('on: true', 'on: false')],
    ['JSON sets the type', 'values.yaml#replicas:="all"', VALUES.replace('replicas: 2', 'replicas: all')],
  ])('%s', async (_name, values, after) => {
    await using stage = await startStage({ 'values.yaml': VALUES });
    const run = await stage.run({ path: '', values });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', 'values.yaml')).toBe(after);
    expect(run.requests).toHaveLength(2);
  });

  test('with images, in one commit', async () => {
    await using stage = await startStage({ 'values.yaml': VALUES, [OVERLAY]: 'image: acme/web:v1\n' });
    const run = await stage.run({ images: 'acme/web:v2', values: 'values.yaml#replicas=4' });
    expect(run.outputs.result).toBe('committed');
    expect((await stage.gitops.log('main'))[0]?.files).toEqual([OVERLAY, 'values.yaml']);
  });

  test.each([
    ['no text for a number', 'values.yaml#replicas=many'],
    ['no such key', 'values.yaml#replica=3'],
    ['no such file', 'nope.yaml#replicas=3'],
    ['no path', 'values.yaml=3'],
    ['outside', '../values.yaml#replicas=3'],
  ])('refused: %s', async (_name, values) => {
    await using stage = await startStage({ 'values.yaml': VALUES });
    const run = await stage.run({ path: '', values });
    expect(run.exitCode).toBe(1);
    expect(sentence(run)).toMatchSnapshot();
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });
});

describe('add-missing', () => {
  test('an entry of a Kustomization, in the style of its neighbours', async () => {
    await using stage = await startStage({
      [OVERLAY]: 'kind: Kustomization\nimages:\n  - name: acme/web\n    newTag: v1\n',
    });
    const run = await stage.run({ images: 'acme/orders:v1', 'add-missing': 'true' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(
      'kind: Kustomization\nimages:\n  - name: acme/web\n    newTag: v1\n  - name: acme/orders\n    newTag: v1\n',
    );
  });

  test('the last key of a path', async () => {
    await using stage = await startStage({ 'values.yaml': VALUES });
    await stage.run({ path: '', values: 'values.yaml#image.pullPolicy=Always', 'add-missing': 'true' });
    expect(await stage.gitops.read('main', 'values.yaml')).toContain(
      'image: { tag: "1.10", pullPolicy: Always }',
    );
  });
});

test('dry-run: the diff, and nothing written', async () => {
  await using stage = await startStage();
  const run = await stage.run({ images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb', 'dry-run': 'true' });
  expect(run.outputs).toMatchObject({ result: 'dry-run', commit: '', images: '' });
  expect(run.outputs.diff).toContain('+    newTag: v1.0.2-bbbbbbb      # written by delivery');
  expect(run.requests).toHaveLength(1);
  expect(await stage.gitops.log('main')).toHaveLength(1);
});

describe('message', () => {
  test('a template, before the trailers', async () => {
    await using stage = await startStage();
    await stage.run({
      images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb',
      message: 'chore: {{images}} to {{release}}\n\nFrom {{repository}}.',
    });
    const [commit] = await stage.gitops.log('main');
    expect(commit?.message).toMatch(
      /^chore: web to v1\.0\.2-bbbbbbb\n\nFrom acme\/shop\.\n\nRelease: v1\.0\.2-bbbbbbb\nRelease-Sequence: /,
    );
  });

  test('an unknown placeholder is refused with the nearest', async () => {
    await using stage = await startStage();
    const run = await stage.run({ images: 'ghcr.io/acme/web:v2', message: '{{relase}}' });
    expect(sentence(run)).toBe(
      '1: Input "message" has the unknown placeholder {{relase}}; did you mean {{release}}?',
    );
  });
});
