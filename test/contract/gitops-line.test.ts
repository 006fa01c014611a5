import { startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import {
  commitFiles,
  commitTree,
  numbers,
  parentOf,
  plainSteps,
  readAll,
  run,
  treeWith,
} from './line-history.ts';
import { TRANSPORTS } from './transports.ts';

const { signal } = new AbortController();
const FILES = { 'app/a.yaml': 'v: 0\n', 'app/b.yaml': 'v: 0\n', 'other.yaml': 'x: 0\n' };

describe.each(TRANSPORTS)('the own line of a branch through $transport', ({ open }) => {
  async function stage() {
    const github = await startGitHub();
    const remote = await github.createRepository('acme/gitops', { files: FILES, private: true });
    const repository = await open({
      github,
      repository: 'acme/gitops',
      branch: 'main',
      token: github.token,
    });
    const close = async () => {
      await repository[Symbol.asyncDispose]();
      await github.close();
    };
    return { github, remote, repository, [Symbol.asyncDispose]: close };
  }

  test('what a merge brought belongs to the merge', async () => {
    await using it = await stage();
    const first = await it.remote.head('main');
    const one = await it.remote.commit('main', { 'app/a.yaml': 'v: 1\n' });
    await it.remote.commit('rel', { 'app/a.yaml': 'v: 2\n' }, { message: 'Two\n\nRelease: v2', from: one });
    await it.remote.commit('rel', { 'app/a.yaml': 'v: 3\n' }, { message: 'Three' });
    await it.remote.commit('rel', { 'other.yaml': 'x: 1\n' }, { message: 'Elsewhere' });
    const other = await it.remote.commit('main', { 'other.yaml': 'x: 2\n' });
    const tree = await treeWith(it.remote, other, 'rel', 'app/a.yaml');
    const merge = await commitTree(it.remote, tree, [other, await it.remote.head('rel')], 'Merge rel');
    const { steps, end } = await readAll(it.repository, ['app/a.yaml']);
    expect(steps.map(({ id, parent, brought }) => [id, parent, brought.map((text) => text.trim())])).toEqual([
      [merge, other, ['Three', 'Two\n\nRelease: v2']],
      [one, first, []],
      [first, '', []],
    ]);
    expect(end).toBe('whole');
  });

  test('a merge that keeps what stood there is none, and what a merge threw away is one', async () => {
    await using it = await stage();
    const first = await it.remote.head('main');
    const side = await it.remote.commit('side', { 'app/a.yaml': 'v: side\n' }, { from: first });
    const one = await it.remote.commit('main', { 'app/a.yaml': 'v: 1\n' });
    const two = await it.remote.commit('main', { 'app/a.yaml': 'v: 2\n' });
    const kept = await commitTree(it.remote, `${two}^{tree}`, [two, side], 'Keep ours');
    const taken = await commitTree(it.remote, `${side}^{tree}`, [kept, side], 'Take theirs');
    const { steps } = await readAll(it.repository, ['app/a.yaml']);
    expect(steps.map(({ id }) => id)).toEqual([taken, two, one, first]);
  });

  test('random histories of a hundred and fifty commits: as comparing each commit with its first parent says', async () => {
    await using it = await stage();
    const random = numbers(7);
    let [head, made] = [await it.remote.head('main'), 0];
    for (; made < 150; made++) {
      const path = ['app/a.yaml', 'app/b.yaml', 'other.yaml', 'other.yaml', 'other.yaml'][random(5)] ?? '';
      const files = { [path]: `v: ${random(4)}\n` };
      if (random(8) > 0) head = await commitFiles(it.remote, head, files, made);
      else {
        const back = await parentOf(it.remote, head, random(12));
        const side = await commitFiles(it.remote, back, files, made);
        const tree = [`${side}^{tree}`, `${head}^{tree}`][random(2)] ?? '';
        head = await commitTree(it.remote, tree, [head, side], `Merge ${made}`);
      }
    }
    await run(it.remote, 'update-ref', 'refs/heads/main', head);
    for (const paths of [['app/a.yaml'], ['app'], ['app/b.yaml', 'other.yaml'], ['app/*.yaml']]) {
      const { steps } = await readAll(it.repository, paths);
      const roots = paths.map((path) => path.replace('/*.yaml', ''));
      expect(steps.map(({ id }) => id)).toEqual((await plainSteps(it.remote, roots)).slice(0, 100));
    }
  }, 120_000);

  test('a hundred at most, and says that there are more', async () => {
    await using it = await stage();
    const series = Array.from({ length: 130 }, (_, index) => ({
      message: `Commit ${index}`,
      files: { 'other.yaml': `x: ${index + 1}\n` },
    }));
    await it.remote.commitSeries('main', series);
    const { steps, end } = await readAll(it.repository, ['other.yaml']);
    expect([steps.length, steps.at(-1)?.message.trim(), end]).toEqual([100, 'Commit 30', 'cut']);
    expect(await readAll(it.repository, ['app/a.yaml'])).toMatchObject({
      steps: [{ parent: '' }],
      end: 'whole',
    });
    expect(await readAll(it.repository, ['missing.yaml'])).toEqual({ steps: [], end: 'whole' });
  });

  test('files of several commits at once; what did not exist is left out', async () => {
    await using it = await stage();
    const first = await it.remote.head('main');
    const second = await it.remote.commit('main', { 'app/a.yaml': 'v: 1\n', 'app/new.yaml': 'n: 1\n' });
    const third = await it.remote.commit('main', { 'app/a.yaml': null });
    await it.repository.read([''], signal);
    const files = ['app/a.yaml', 'app/new.yaml', 'app', 'app/[a].yaml'];
    const states = await it.repository.readStates([third, first, second], files, signal);
    const text = (commit: string) =>
      Object.fromEntries((states.get(commit) ?? []).map(({ path, content }) => [path, content.toString()]));
    expect(text(first)).toEqual({ 'app/a.yaml': 'v: 0\n' });
    expect(text(second)).toEqual({ 'app/a.yaml': 'v: 1\n', 'app/new.yaml': 'n: 1\n' });
    expect(text(third)).toEqual({ 'app/new.yaml': 'n: 1\n' });
    expect(await it.repository.readStates([first], [], signal)).toEqual(new Map([[first, []]]));
  });
});
