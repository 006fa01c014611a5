import { createOrderGuard } from '@gitops-actions/core/gitops';
import { parseImageReference } from '@gitops-actions/core/image';
import { type GitHub, type Repository, startGitHub } from '@gitops-actions/testkit';
import { afterAll, beforeAll } from '@jest/globals';
import type { Transport } from '../../../test/contract/transports.ts';
import { findReplaced } from '../src/replaced-images.ts';
import { written } from '../src/running-images.ts';

export const FILE = 'apps/web/kustomization.yaml';
export const OURS = 'acme/shop/.github/workflows/delivery.yml';
const PATHS = ['apps/web/**/*.{yaml,yml,json}'];
const { signal } = new AbortController();

export const entry = (name: string, version: string) => {
  const [tag = '', digest = ''] = version.split('@');
  const lines = [tag && `    newTag: ${tag}\n`, digest && `    digest: ${digest}\n`];
  return `  - name: acme/${name}\n${lines.join('')}`;
};
export const overlay = (web: string, more = '') => `images:\n${entry('web', web)}${more}`;
/** The message of a commit that writes a release. */
export const released = (id: string, workflow = OURS, back = '') =>
  `Release ${id}\n\nRelease: ${id}\n${back && `Rolled-Back: ${back}\n`}Source-Workflow: ${workflow}\nSource-Run: x`;

/** Files of a commit, and its message; null is a file that goes. */
export type Commit = readonly [files: Record<string, string | null>, message?: string];

/**
 * What took the place of images, by one transport. Of the commits, the one before ours comes first, then ours, unless a
 * number says that more come before.
 */
export function replacedBy({ transport, open }: Pick<Transport, 'transport' | 'open'>) {
  let github: GitHub;
  let count = 0;
  beforeAll(async () => {
    github = await startGitHub();
  });
  afterAll(() => github.close());

  const history = async (commits: readonly Commit[]): Promise<readonly [Repository, readonly string[]]> => {
    const repository = await github.createRepository(`acme/gitops-${transport}-${++count}`, {
      files: { 'README.md': 'x' },
    });
    const ids: string[] = [];
    for (const [files, message = 'a change'] of commits)
      ids.push(await repository.commit('main', files, { message }));
    return [repository, ids];
  };
  return async (images: readonly string[], commits: readonly Commit[], ours = 1) => {
    const [{ fullName }, ids] = await history(commits);
    await using repository = await open({
      github,
      repository: fullName,
      branch: 'main',
      token: github.token,
    });
    const ancestry = async () => 'unknown' as const;
    const guard = createOrderGuard({ rule: 'auto', repository, workflow: OURS, ancestry, signal });
    const found = await findReplaced(
      {
        ...{ repository, commit: ids[ours] ?? '', guard, workflow: OURS },
        images: images.flatMap((image) => parseImageReference(image) ?? []),
      },
      { revision: ids.at(-1) ?? '', paths: PATHS },
      signal,
    );
    return found.map(({ by, where, isNewer }) => {
      const number = ids.findIndex((id) => where === `commit ${id.slice(0, 7)}`);
      return `${isNewer ? 'superseded' : 'taken back'} by ${written(by)} in ${number}`;
    });
  };
}
