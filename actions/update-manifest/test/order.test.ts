import { describe, expect, test } from '@jest/globals';
import { OVERLAY, type Stage, sentence, startStage } from './stage.ts';

const kustomization = (web: string, orders: string) =>
  `images:\n  - name: acme/web\n    newTag: ${web}\n  - name: acme/orders\n    newTag: ${orders}\n`;
const stageWith = (web: string, orders = 'v1.0.1-aaaaaaa') =>
  startStage({ [OVERLAY]: kustomization(web, orders) });
const said = (run: Awaited<ReturnType<Stage['run']>>, level: string) =>
  run.annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);

describe('an older release never overwrites a newer one', () => {
  test('superseded: green, a notice, no commit, one request more to see whose run it was', async () => {
    await using stage = await stageWith('v1.0.9-bbbbbbb');
    const run = await stage.run({ images: 'acme/web:v1.0.8-ccccccc' });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'superseded', commit: '', images: '', diff: '' });
    expect(JSON.parse(run.outputs.changes ?? '')).toMatchObject([
      { from: 'v1.0.9-bbbbbbb', to: 'v1.0.8-ccccccc', result: 'superseded' },
    ]);
    expect(said(run, 'notice')).toEqual([
      `${OVERLAY}:3: images[0].newTag is at v1.0.9-bbbbbbb, a newer release than v1.0.8-ccccccc; it is left alone.`,
    ]);
    expect(run.requests.map(({ operation }) => operation)).toEqual(['ReadHead', 'ReadHistory']);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('the rest lands', async () => {
    await using stage = await stageWith('v1.0.9-bbbbbbb');
    const run = await stage.run({ images: 'acme/web:v1.0.8-ccccccc\nacme/orders:v1.0.8-ccccccc' });
    expect(run.outputs).toMatchObject({ result: 'committed', images: 'acme/orders:v1.0.8-ccccccc' });
    expect(await stage.gitops.read('main', OVERLAY)).toBe(kustomization('v1.0.9-bbbbbbb', 'v1.0.8-ccccccc'));
    expect(JSON.parse(run.outputs.changes ?? '')).toMatchObject([
      { result: 'superseded' },
      { result: 'updated' },
    ]);
  });

  test('run numbers of another workflow are no order: written, with a notice', async () => {
    await using stage = await stageWith('v1.0.1-aaaaaaa');
    const workflow = { workflowPath: '.github/workflows/delivery.yml' };
    await stage.run({ images: 'acme/web:v1.0.90-bbbbbbb' }, workflow);
    const run = await stage.run(
      { images: 'acme/web:v1.0.3-ccccccc' },
      { workflowPath: '.github/workflows/hotfix.yml' },
    );
    expect(run.outputs.result).toBe('committed');
    expect(said(run, 'notice')).toEqual([
      `${OVERLAY}:3: nobody can tell whether v1.0.3-ccccccc is newer than v1.0.90-bbbbbbb; it is written.`,
    ]);
    const late = await stage.run(
      { images: 'acme/web:v1.0.2-ddddddd' },
      { workflowPath: '.github/workflows/hotfix.yml' },
    );
    expect(late.outputs.result).toBe('superseded');
  });

  test('allow-downgrade', async () => {
    await using stage = await stageWith('v1.0.9-bbbbbbb');
    const run = await stage.run({ images: 'acme/web:v1.0.8-ccccccc', 'allow-downgrade': 'true' });
    expect(run.outputs.result).toBe('committed');
  });

  test('bare commit hashes go by the history of the released repository', async () => {
    await using stage = await startStage();
    const older = await stage.shop.commit('main', { 'a.txt': '1' });
    const newer = await stage.shop.commit('main', { 'a.txt': '2' });
    const [oldTag, newTag] = [older.slice(0, 10), newer.slice(0, 10)];
    await stage.gitops.commit('main', { [OVERLAY]: kustomization(`"${newTag}"`, 'v1') });
    const late = await stage.run({ images: `acme/web:${oldTag}` });
    expect(late.outputs.result).toBe('superseded');
    await stage.gitops.commit('main', { [OVERLAY]: kustomization(`"${oldTag}"`, 'v1') });
    const run = await stage.run({ images: `acme/web:${newTag}` });
    expect(run.outputs.result).toBe('committed');
  });

  test.each([
    ['semver', 'semver', 'v1.10.0', 'v1.9.0', 'superseded'],
    ['numeric', 'numeric', '"10"', '9', 'superseded'],
    ['none', 'none', 'v2.0.0', 'v1.0.0', 'committed'],
    ['an expression', '^rel-(?<order>\\d+)', 'rel-10-x', 'rel-9-y', 'superseded'],
    ['unknown', 'auto', 'stable', 'v1.0.0', 'committed'],
  ])('order %s', async (_name, order, current, candidate, result) => {
    await using stage = await stageWith(current);
    const run = await stage.run({ images: `acme/web:${candidate}`, order });
    expect(run.outputs.result).toBe(result);
  });

  test.each(['newest', '(unclosed(?<order>', '^(\\d+)$'])('order %s is refused', async (order) => {
    await using stage = await stageWith('v1');
    const run = await stage.run({ images: 'acme/web:v2', order });
    expect(sentence(run)).toBe(
      `1: Input "order" is ${JSON.stringify(order)}; it must be one of: auto, semver, numeric, ancestry, none, or a regular expression with a named group such as ^rel-(?<order>\\d+).`,
    );
  });
});

test('an older delivery that lost the race to a newer one finds it and leaves it', async () => {
  await using stage = await stageWith('v1.0.1-aaaaaaa');
  const newer = stage.run({ images: 'acme/web:v1.0.9-bbbbbbb' });
  const isOlder = (body: unknown) => JSON.stringify(body ?? '').includes('v1.0.8-ccccccc');
  stage.github.inject({
    match: ({ operation, body }) => operation === 'CommitFiles' && isOlder(body),
    times: 1,
    hold: newer,
  });
  const older = await stage.run({ images: 'acme/web:v1.0.8-ccccccc' });
  expect((await newer).outputs.result).toBe('committed');
  expect(older.outputs.result).toBe('superseded');
  expect(await stage.gitops.read('main', OVERLAY)).toContain('newTag: v1.0.9-bbbbbbb');
});

describe('marks', () => {
  const held = (mark: string, tag = 'v1.0.5-aaaaaaa') =>
    startStage({ [OVERLAY]: `images:\n  - name: acme/web\n    newTag: ${tag} # ${mark}\n` });

  test('hold: left alone, a warning with the reason', async () => {
    await using stage = await held('gitops-actions: hold audit until Friday');
    const run = await stage.run({ images: 'acme/web:v1.0.9-bbbbbbb' });
    expect(run.outputs).toMatchObject({ result: 'held', commit: '' });
    expect(said(run, 'warning')).toEqual([
      `${OVERLAY}:3: images[0].newTag is on hold (audit until Friday); it is left alone.`,
    ]);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test.each([
    ['the blocked release', 'v1.0.7-bbbbbbb', 'held'],
    ['an older one', 'v1.0.6-bbbbbbb', 'held'],
    ['one that cannot be ordered', 'hotfix', 'held'],
    ['a newer one', 'v1.0.8-bbbbbbb', 'committed'],
  ])('blocked: %s', async (_name, release, result) => {
    await using stage = await held('why not # gitops-actions: blocked v1.0.7-bbbbbbb crash loop');
    const run = await stage.run({ images: `acme/web:${release}` });
    expect(run.outputs.result).toBe(result);
    const text = await stage.gitops.read('main', OVERLAY);
    expect(text.includes('blocked')).toBe(result === 'held');
    expect(text).toContain('# why not');
  });

  test('blocked, and nobody can tell the order: how to go on', async () => {
    await using stage = await held('gitops-actions: blocked v1.0.7-bbbbbbb crash loop');
    const run = await stage.run({ images: 'acme/web:hotfix' });
    expect(said(run, 'warning')).toEqual([
      `${OVERLAY}:3: nobody can tell whether hotfix is newer than v1.0.7-bbbbbbb, which is blocked (crash loop), so it is left alone; to write it, remove the mark at ${OVERLAY}:3, or set "allow-downgrade: true".`,
    ]);
  });

  test.each([
    ['the blocked release', 'v1.0.7-bbbbbbb', 'held'],
    ['an older one', 'v1.0.4-bbbbbbb', 'committed'],
    ['one that cannot be ordered', 'hotfix', 'committed'],
  ])('blocked, with allow-downgrade: %s; the mark stays', async (_name, release, result) => {
    const mark = 'why not  # gitops-actions: blocked v1.0.7-bbbbbbb crash  loop # ours';
    await using stage = await held(mark);
    const run = await stage.run({ images: `acme/web:${release}`, 'allow-downgrade': 'true' });
    expect(run.outputs.result).toBe(result);
    const tag = result === 'held' ? 'v1.0.5-aaaaaaa' : release;
    expect(await stage.gitops.read('main', OVERLAY)).toBe(
      `images:\n  - name: acme/web\n    newTag: ${tag} # ${mark}\n`,
    );
  });

  test('the commit names the images that it writes, not those on hold', async () => {
    await using stage = await startStage({
      [OVERLAY]: 'a: {image: acme/web:v1} # gitops-actions: hold\nb: {image: acme/orders:v1}\n',
    });
    await stage.run({ images: 'acme/web:v3\nacme/orders:v2' });
    const [commit] = await stage.gitops.log('main');
    expect(commit?.message).toMatch(/^Release orders v2\n\nRelease: v2\nRelease-Sequence: /);
  });
});
