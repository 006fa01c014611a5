import { describe, expect, test } from '@jest/globals';
import { type Edit, type GitOpsRepository, land, type Snapshot } from '../../src/gitops/index.ts';

const quiet = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

type Contested = Pick<GitOpsRepository, 'name' | 'read' | 'commit'>;

/** A repository of one file whose head somebody else moves before each of the first `conflicts` commits. */
function contested(conflicts: number): { repository: Contested; content: () => string } {
  let content = 'start';
  let head = 0;
  const repository: Contested = {
    name: 'acme/gitops@main',
    read: async () => ({
      head: String(head),
      files: [{ path: 'f', content: Buffer.from(content), oid: '', mode: 'regular' }],
    }),
    commit: async (base, changes) => {
      if (head < conflicts) {
        head++;
        content += ` other${head}`;
      }
      if (base.head !== String(head)) return { kind: 'conflict' };
      head++;
      content = String(changes[0]?.content);
      return { kind: 'commit', id: String(head), url: '' };
    },
  };
  return { repository, content: () => content };
}

const append = ({ files }: Snapshot): Edit<string> => {
  const text = files[0]?.content.toString() ?? '';
  const changes = text.endsWith('mine') ? [] : [{ path: 'f', content: `${text} mine` }];
  return { changes, message: { headline: 'x', body: '' }, result: text };
};

const options = {
  paths: ['f'],
  deadline: 60_000,
  signal: new AbortController().signal,
  log: quiet,
  random: () => 0.001,
};

describe('land', () => {
  test('edits the fresh head after each conflict and undoes nobody', async () => {
    const { repository, content } = contested(3);
    expect(await land(repository, append, options)).toMatchObject({ kind: 'committed', attempts: 4 });
    expect(content()).toBe('start other1 other2 other3 mine');
  });

  test('makes no commit when nothing is to change', async () => {
    const { repository } = contested(0);
    await land(repository, append, options);
    expect(await land(repository, append, options)).toMatchObject({
      kind: 'unchanged',
      commit: '1',
      url: '',
      attempts: 1,
    });
  });

  test('gives up at the deadline and says that nothing was written', async () => {
    const { repository, content } = contested(1000);
    await expect(land(repository, append, { ...options, deadline: 0, random: () => 1 })).rejects.toThrow(
      'Other commits reached acme/gitops@main first 1 times within 0s; nothing was written. Re-run the job, or raise the input "deadline".',
    );
    expect(content()).not.toContain('mine');
  });

  test('a server that takes nothing is not called another commit', async () => {
    const { repository } = contested(0);
    const silent = { ...repository, commit: async () => ({ kind: 'conflict' }) as const };
    let time = 0;
    const now = () => (time += 25_000);
    await expect(land(silent, append, { ...options, now })).rejects.toThrow(
      'The server took none of 3 commits to acme/gitops@main within 1m, though no other one came first; nothing was written. Re-run the job once the server answers again, or raise the input "deadline".',
    );
  });

  test('a limit on writes that outlasts the deadline is not called another commit', async () => {
    const { repository } = contested(0);
    const limited = { ...repository, commit: async () => ({ kind: 'conflict', retryAfter: 90 }) as const };
    await expect(land(limited, append, options)).rejects.toThrow(
      "GitHub's limit on writes kept acme/gitops@main from being written and lasts 90 s, longer than is left of 1m; nothing was written.",
    );
  });

  test('the back-off window doubles up to ten seconds', async () => {
    const waits: number[] = [];
    const { repository } = contested(6);
    const log = { ...quiet, info: (text: string) => void waits.push(Number(/in (\d+) ms/.exec(text)?.[1])) };
    await land(repository, append, { ...options, log, random: () => 0.001 });
    expect(waits).toEqual([1, 2, 4, 8, 10, 10]);
  });

  test('a cancelled job stops waiting', async () => {
    const controller = new AbortController();
    const { repository } = contested(1000);
    const landing = land(repository, append, { ...options, signal: controller.signal, random: () => 1 });
    setTimeout(() => controller.abort(new Error('cancelled')), 20);
    await expect(landing).rejects.toThrow(/abort|cancelled/i);
  });
});
